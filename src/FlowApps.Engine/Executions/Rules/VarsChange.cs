using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Executions;

/// <summary>Tasks that change <c>vars</c> (kestra-semantics 5, execution.SetVariables and UnsetVariables): maps are merged deeply, names with dots reach into them.</summary>
internal static class VarsChange
{
    /// <summary>Why nothing is set: a variable is there already and the task does not overwrite.</summary>
    public static string? Refusal(Turn turn, SetVariables? set)
    {
        if (set is not { Overwrite: false }) return null;
        var there = set.Variables.Keys.Where(Current(turn).ContainsKey).ToList();
        return there.Count == 0 ? null : $"overwrite is false and these variables are there already: {string.Join(", ", there)}";
    }

    public static void Apply(Turn turn, SetVariables? set, UnsetVariables? unset)
    {
        if (set is null && unset is null) return;
        var vars = Merge(Current(turn), set?.Variables ?? Data.Map());
        foreach (var name in unset?.Names ?? []) vars = Without(vars, name);
        turn.Emit(new VariablesChanged(turn.Now, vars, [.. set?.Variables.Keys ?? [], .. unset?.Names ?? []]));
    }

    private static IReadOnlyDictionary<string, object?> Current(Turn turn) => turn.State.Vars ?? turn.Flow.Variables;

    private static OrderedDictionary<string, object?> Merge(IReadOnlyDictionary<string, object?> old, IReadOnlyDictionary<string, object?> added)
    {
        var merged = Data.Map();
        foreach (var (key, value) in old) merged[key] = value;
        foreach (var (key, value) in added)
            merged[key] = value is IReadOnlyDictionary<string, object?> inner && merged.GetValueOrDefault(key) is IReadOnlyDictionary<string, object?> before ? Merge(before, inner) : value;
        return merged;
    }

    private static OrderedDictionary<string, object?> Without(IReadOnlyDictionary<string, object?> vars, string name)
    {
        var left = Data.Map();
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        foreach (var (key, value) in vars)
        {
            if (key == name) continue;
            var reaches = dot > 0 && key == name[..dot] && value is IReadOnlyDictionary<string, object?>;
            left[key] = reaches ? Without((IReadOnlyDictionary<string, object?>)value!, name[(dot + 1)..]) : value;
        }
        return left;
    }
}
