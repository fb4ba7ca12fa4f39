using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace FlowApps.Domain.Values;

/// <summary>
/// Regular expressions that the author of a flow wrote, asked of texts that anybody may send. The work grows with the text only, so that no text can hold the server up; a pattern that
/// looks around or refers back, which cannot be matched so, is given up after a second.
/// </summary>
public static class TextPattern
{
    private const int MostKept = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<string, Regex> Kept = new(StringComparer.Ordinal);

    /// <summary>Whether the pattern is somewhere in the text. Errors: <see cref="ArgumentException"/> for what is no pattern; <see cref="RegexMatchTimeoutException"/>.</summary>
    public static bool IsIn(string text, string pattern)
    {
        if (Kept.TryGetValue(pattern, out var known)) return known.IsMatch(text);
        if (Kept.Count >= MostKept) Kept.Clear();
        return (Kept[pattern] = Compile(pattern)).IsMatch(text);
    }

    /// <summary>Whether the whole text is as the pattern says. Errors as above.</summary>
    public static bool IsAllOf(string text, string pattern) => IsIn(text, $"^(?:{pattern})$");

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, Patience);
        }
    }
}
