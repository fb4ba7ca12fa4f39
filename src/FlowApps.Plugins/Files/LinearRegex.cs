using System.Text.RegularExpressions;

namespace FlowApps.Plugins.Files;

/// <summary>Regular expressions of flows, matched in time that grows with the text only, so that no text can hold a trigger up.</summary>
internal static class LinearRegex
{
    /// <summary>Errors: <see cref="TaskFailedException"/> for one that is none, or that looks around or refers back.</summary>
    public static Regex Of(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new TaskFailedException($"'{text}' is not a regular expression that can be used here: {e.Message}", null, e);
        }
    }
}
