using System.Globalization;
using System.Text;

namespace FlowApps.Yaml.Text;

/// <summary>Writes single values so that they are read as what they are: without quotes where that is safe.</summary>
internal static class ScalarText
{
    private static readonly System.Buffers.SearchValues<char> FlowSigns = System.Buffers.SearchValues.Create(",[]{}:");

    /// <summary>A text. <paramref name="inFlow"/>: inside brackets, where more signs mean something.</summary>
    public static string Of(string text, bool inFlow) => IsPlain(text, inFlow) && PlainScalar.Resolve(text) is string ? text : Quoted(text);

    /// <summary>What a person typed for a number, a switch and the like: as that if it is one, as a text (an expression) if not.</summary>
    public static string OfTyped(string text, bool inFlow) => IsPlain(text, inFlow) && PlainScalar.Resolve(text) is not string ? text : Of(text, inFlow);

    /// <summary>A text of several lines below its key, indented by <paramref name="indent"/>; null when it cannot be written so.</summary>
    public static string? Block(string text, int indent, string lineBreak)
    {
        var body = text.TrimEnd('\n');
        if (!body.Contains('\n') || body[0] is ' ' or '\n' || text.Length - body.Length > 1 || text.Any(c => char.IsControl(c) && c != '\n')) return null;
        var margin = new string(' ', indent);
        return (text.Length > body.Length ? "|" : "|-") + lineBreak + string.Join(lineBreak, body.Split('\n').Select(line => line.Length == 0 ? "" : margin + line));
    }

    public static string Quoted(string text)
    {
        if (!text.Any(char.IsControl) && text.AsSpan().ContainsAny('"', '\\')) return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        return quoted.Append('"').ToString();
    }

    private static bool IsPlain(string text, bool inFlow)
    {
        if (text.Length == 0 || text.Any(char.IsControl) || text[0] == ' ' || text[^1] is ' ' or ':') return false;
        if (text[0] is '-' && !(text.Length > 1 && char.IsAsciiDigit(text[1])) || "?:,[]{}#&*!|>'\"%@`".Contains(text[0], StringComparison.Ordinal)) return false;
        return !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal) && !text.StartsWith("...", StringComparison.Ordinal)
            && !(inFlow && text.AsSpan().ContainsAny(FlowSigns));
    }
}
