using FlowApps.Domain.Problems;
using YamlDotNet.Core;

namespace FlowApps.Yaml.Text;

/// <summary>What the parser says about a broken text, in words for the author, with the usual reason where one can be seen.</summary>
internal static class SyntaxProblem
{
    public static Problem Of(YamlException e, string source, int firstLine)
    {
        var line = Math.Max(1, (int)e.Start.Line);
        return new Problem("yaml_syntax", $"The text is not YAML: {Said(e)}", null, line + firstLine - 1, Math.Max(1, (int)e.Start.Column), Reason(LineOf(source, line)));
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
        if (line.AsSpan(0, line.Length - trimmed.Length).Contains('\t')) return "Indent with spaces; tabs are not allowed.";
        var colon = trimmed.IndexOf(": ", StringComparison.Ordinal);
        var value = colon < 0 ? "" : trimmed[(colon + 2)..].Trim();
        if (value.StartsWith("{{", StringComparison.Ordinal)) return "Put an expression into quotes: \"{{ … }}\".";
        if (value.Length > 0 && value[0] is '%' or '@' or '`' or '*' or '&' or '!') return $"Put a text that begins with {value[0]} into quotes.";
        if (value.Contains(": ", StringComparison.Ordinal)) return "Put a text with a colon into quotes.";
        return colon < 0 && !trimmed.EndsWith(':') && !trimmed.StartsWith('-') && trimmed.Length > 0 ? "Write `name: value`, with the indentation of its neighbours." : null;
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
