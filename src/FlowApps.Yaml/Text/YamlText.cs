using FlowApps.Domain.Problems;
using YamlDotNet.Core;

namespace FlowApps.Yaml.Text;

/// <summary>
/// The one way from YAML text to nodes. Refuses, never dies: size, characters, depth, number of nodes and aliases, and time are bounded before
/// anything is built (YamlDotNet 16.3 overflows the stack on nested brackets and expands aliases without end). Keys given twice are problems.
/// </summary>
public static class YamlText
{
    /// <summary>Reads the only document of a text.</summary>
    public static YamlReading Read(string source, YamlLimits? limits = null) =>
        SourceGuard.Check(source, limits ?? YamlLimits.Default) is { } problem ? new YamlReading(null, [problem]) : ReadDocument(source, 1, limits ?? YamlLimits.Default);

    /// <summary>Reads every document of a text on its own, so that a broken one does not hide the others. Lines count from the start of the text.</summary>
    public static IReadOnlyList<YamlReading> ReadAll(string source, YamlLimits? limits = null) =>
        SourceGuard.Check(source, limits ?? YamlLimits.Default) is { } problem
            ? [new YamlReading(null, [problem])]
            : [.. Documents(source).Take(1000).Select(d => ReadDocument(d.Text, d.Line, limits ?? YamlLimits.Default))];

    /// <summary>The documents of a text (divided by lines that begin with <c>---</c>), each with the line it begins on; empty ones are left out.</summary>
    public static IEnumerable<(string Text, int Line)> Documents(string source)
    {
        var start = 0;
        var startLine = 1;
        var line = 1;
        for (var at = 0; at < source.Length; line++)
        {
            var end = source.IndexOf('\n', at);
            var next = end < 0 ? source.Length : end + 1;
            if (Divides(source.AsSpan(at, next - at)))
            {
                if (!string.IsNullOrWhiteSpace(source[start..at])) yield return (source[start..at], startLine);
                start = next;
                startLine = line + 1;
            }
            at = next;
        }
        if (!string.IsNullOrWhiteSpace(source[start..])) yield return (source[start..], startLine);
    }

    private static bool Divides(ReadOnlySpan<char> line) => line.StartsWith("---") && line[3..].Trim().IsEmpty;

    private static YamlReading ReadDocument(string source, int firstLine, YamlLimits limits)
    {
        var problems = new List<Problem>();
        using var text = new StringReader(source.TrimStart('\ufeff'));
        var reader = new NodeReader(new Parser(text), limits, firstLine, problems);
        try
        {
            return new YamlReading(reader.ReadDocument(), problems);
        }
        catch (YamlRefusedException refused)
        {
            problems.Add(refused.Problem);
        }
        catch (YamlException e)
        {
            problems.Add(SyntaxProblem.Of(e, source, firstLine));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or OverflowException or FormatException or IndexOutOfRangeException or NullReferenceException or InvalidCastException)
        {
            // The parser trips over some broken texts (a list that is never closed) instead of saying so.
            problems.Add(SyntaxProblem.After(reader.Reached, source, firstLine));
        }
        return new YamlReading(null, problems);
    }
}
