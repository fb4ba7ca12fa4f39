using System.Text.RegularExpressions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;

namespace FlowApps.Web.Blueprints;

/// <summary>
/// A flow's text with blanks: <c>&lt;&lt; arg.name &gt;&gt;</c> and <c>&lt;% … %&gt;</c> are filled once, when the blueprint is used; expressions of the flow itself stay. What is asked for stands
/// in <c>extend.templateArguments</c>, written like inputs, each with a default.
/// </summary>
public sealed partial record BlueprintTemplate(IReadOnlyList<InputDefinition> Arguments, string Text)
{
    private const string Block = "extend:";
    private const string List = "templateArguments:";

    /// <summary>Null when the text asks for nothing.</summary>
    /// <exception cref="FormatException">The arguments cannot be read.</exception>
    public static BlueprintTemplate? Cut(string source, IFlows flows)
    {
        var lines = source.Split('\n');
        var start = Array.FindIndex(lines, line => line.TrimEnd() == Block);
        if (start < 0) return null;
        var end = Array.FindIndex(lines, start + 1, line => line.Length > 0 && !char.IsWhiteSpace(line[0]));
        if (end < 0) end = lines.Length;
        var block = lines[(start + 1)..end].SkipWhile(string.IsNullOrWhiteSpace).ToList();
        if (block.Count == 0 || block[0].Trim() != List) throw new FormatException($"'{List}' was expected below '{Block}'.");
        var reading = flows.Read($"id: a\nnamespace: a\ninputs:\n{string.Join('\n', block.Skip(1))}\ntasks:\n  - id: a\n    type: core.log.Log\n    message: a\n");
        return reading.Flow is { } flow
            ? new BlueprintTemplate(flow.Inputs, string.Join('\n', [.. lines[..start], .. lines[end..]]))
            : throw new FormatException($"The arguments of the template: {reading.Problems[0].Message}");
    }

    /// <summary>The text as one for the expression language: the blanks in its braces, its own braces taken literally.</summary>
    public string Expression => Mark().Replace(Text, match =>
        match.Groups["value"].Success ? $"{{{{ {match.Groups["value"].Value} }}}}" : match.Groups["tag"].Success ? $"{{% {match.Groups["tag"].Value} %}}" : "{{ '{' }}");

    [GeneratedRegex(@"<<\s*(?<value>.+?)\s*>>|<%\s*(?<tag>.+?)\s*%>|\{", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
