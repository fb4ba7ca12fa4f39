using System.Text.RegularExpressions;

namespace FlowApps.Web.Look;

/// <summary>Cuts a line of YAML into pieces to colour: <c>c</c>omment, <c>k</c>ey, e<c>x</c>pression, <c>s</c>tring, <c>n</c>umber or word with a meaning, task <c>t</c>ype; null is plain text. By line: good enough to read by.</summary>
public static partial class YamlColours
{
    public static IEnumerable<(string? Kind, string Text)> Of(string line)
    {
        var end = 0;
        foreach (Match match in Piece().Matches(line))
        {
            if (match.Index > end) yield return (null, line[end..match.Index]);
            yield return (match.Groups.Cast<Group>().Skip(1).First(group => group.Success).Name, match.Value);
            end = match.Index + match.Length;
        }
        if (end < line.Length) yield return (null, line[end..]);
    }

    [GeneratedRegex("""
        (?<c>(?:^|(?<=\s))\#.*$)
        |(?<k>(?<=^\s*(?:-\s+)*)[\w./$-]+(?=:(?:\s|$)))
        |(?<t>(?<=^\s*(?:-\s+)*type:\s+)\S+$)
        |(?<x>\{\{.*?\}\}|\{%.*?%\}|<<.*?>>|<%.*?%>)
        |(?<s>(?<=[\s\[:,]|^)(?:"(?:[^"\\{]|\\.)*"|'[^'{]*')(?=[\s\],]|$))
        |(?<n>(?<=:\s|-\s)(?:-?\d[\d.]*|true|false|null|PT?\d[\dDHMS]*)$)
        """, RegexOptions.IgnorePatternWhitespace, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Piece();
}
