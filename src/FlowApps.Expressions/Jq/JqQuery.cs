using System.Collections.Concurrent;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Jq;

/// <summary>A parsed jq program. Programs are kept, as flows run the same few again and again.</summary>
internal sealed class JqQuery
{
    private const int MostKept = 512;
    private const int LongestProgram = 64 * 1024;
    private static readonly ConcurrentDictionary<string, JqQuery> Kept = new(StringComparer.Ordinal);

    private readonly JqNode _program;

    private JqQuery(JqNode program) => _program = program;

    /// <summary>Errors: a program that cannot be read.</summary>
    public static JqQuery Of(string program)
    {
        if (Kept.TryGetValue(program, out var known)) return known;
        if (program.Length > LongestProgram) throw new ExpressionException($"A jq expression is at most {LongestProgram} characters long.");
        var query = new JqQuery(JqParser.Parse(program));
        if (Kept.Count >= MostKept) Kept.Clear();
        return Kept[program] = query;
    }

    /// <summary>All results, in order.</summary>
    public List<object?> Run(object? input, Evaluation evaluation)
    {
        var scope = new JqScope(evaluation, JqPrelude.Definitions);
        var results = new List<object?>();
        foreach (var result in _program.Run(input, scope))
        {
            evaluation.Burn(1);
            results.Add(result);
        }
        return results;
    }
}
