using System.Text.RegularExpressions;

namespace FlowApps.Yaml.Flows;

/// <summary>Changes single lines of a flow's text and leaves everything else to the letter.</summary>
public static partial class FlowSource
{
    /// <summary>Sets the top-level <c>disabled:</c> line, or adds one at the end.</summary>
    public static string WithDisabled(string source, bool disabled)
    {
        var word = disabled ? "true" : "false";
        if (DisabledLine().Match(source) is { Success: true } line) return source[..line.Groups["value"].Index] + word + source[(line.Groups["value"].Index + line.Groups["value"].Length)..];
        if (!disabled) return source;
        if (source.TrimStart().StartsWith('{')) return source.Insert(source.IndexOf('{', StringComparison.Ordinal) + 1, $"disabled: {word}, ");
        var newline = source.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return source + (source.EndsWith('\n') || source.Length == 0 ? "" : newline) + $"disabled: {word}" + newline;
    }

    /// <summary>Drops the top-level <c>revision:</c> line, which the server keeps itself.</summary>
    public static string WithoutRevision(string source) => RevisionLine().Replace(source, "");

    [GeneratedRegex(@"^[""']?disabled[""']?[ \t]*:[ \t]+(?<value>[^\s#]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex DisabledLine();

    [GeneratedRegex(@"^revision[ \t]*:[^\n]*\n?", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex RevisionLine();
}
