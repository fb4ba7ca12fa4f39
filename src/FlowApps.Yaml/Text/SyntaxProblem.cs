using FlowApps.Domain.Problems;
using YamlDotNet.Core;

namespace FlowApps.Yaml.Text;

/// <summary>What the parser says about a broken text, in words for the author, with the usual reason where one can be seen.</summary>
internal static class SyntaxProblem
{
    private const string Tabs = "Indent with spaces; tabs are not allowed.";

    public static Problem Of(YamlException e, string source, int firstLine)
    {
        var tab = e.Message.Contains("tab", StringComparison.Ordinal) ? FirstTab(source, (int)e.Start.Line) : 0;
        return tab > 0
            ? new Problem("yaml_syntax", $"The text is not YAML: {Said(e)}", null, tab + firstLine - 1, 1, Tabs)
            : Placed($"The text is not YAML: {Said(e)}", e.Start, source, firstLine, null);
    }

    /// <summary>For a text that the parser gave up on without a word.</summary>
    public static Problem After(Mark reached, string source, int firstLine) =>
        Placed("The text is not YAML: it cannot be understood from here on.", reached, source, firstLine, "Look for a bracket or quote that is not closed.");

    private static Problem Placed(string message, Mark at, string source, int firstLine, string? otherwise)
    {
        // The parser may look for more behind the end of the text.
        var line = Math.Clamp((int)at.Line, 1, source.AsSpan().Count('\n') + 1);
        var column = line < at.Line ? LineOf(source, line).Length + 1 : Math.Max(1, (int)at.Column);
        return new Problem("yaml_syntax", message, null, line + firstLine - 1, column, Reason(LineOf(source, line)) ?? otherwise);
    }

    private static string Said(YamlException e)
    {
        var text = e.Message;
        var mark = text.IndexOf("): ", StringComparison.Ordinal);
        text = mark >= 0 && text.StartsWith('(') ? text[(mark + 3)..] : text;
        return text.TrimEnd('.') + ".";
    }

    private static string? Reason(string line)
    {
        var trimmed = line.TrimStart();
        if (line.AsSpan(0, line.Length - trimmed.Length).Contains('\t')) return Tabs;
        var colon = trimmed.IndexOf(": ", StringComparison.Ordinal);
        var value = colon < 0 ? "" : trimmed[(colon + 2)..].Trim();
        if (value.StartsWith("{{", StringComparison.Ordinal)) return "Put an expression into quotes: \"{{ … }}\".";
        if (value.Length > 0 && value[0] is '%' or '@' or '`' or '*' or '&' or '!') return $"Put a text that begins with {value[0]} into quotes.";
        if (value.Contains(": ", StringComparison.Ordinal)) return "Put a text with a colon into quotes.";
        return colon < 0 && !trimmed.EndsWith(':') && !trimmed.StartsWith('-') && trimmed.Length > 0 ? "Write `name: value`, with the indentation of its neighbours." : null;
    }

    /// <summary>The first line from here on whose indentation holds a tab; 0 when there is none. The parser names the line where the map began.</summary>
    private static int FirstTab(string source, int from)
    {
        var number = 0;
        foreach (var line in source.AsSpan().EnumerateLines())
            if (++number >= from && line[..(line.Length - line.TrimStart().Length)].Contains('\t')) return number;
        return 0;
    }

    private static string LineOf(string source, int line)
    {
        var at = 0;
        for (var i = 1; i < line && at >= 0; i++)
        {
            at = source.IndexOf('\n', at);
            if (at >= 0) at++;
        }
        if (at < 0 || at >= source.Length) return "";
        var end = source.IndexOf('\n', at);
        return source[at..(end < 0 ? source.Length : end)].TrimEnd('\r');
    }
}
