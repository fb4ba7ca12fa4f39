using FlowApps.Expressions.Numbers;

namespace FlowApps.Expressions.Jq;

/// <summary>Built-ins on arrays and objects.</summary>
internal static class JqLists
{
    public static IEnumerable<KeyValuePair<string, JqRun>> All =>
    [
        JqBuiltins.Plain("keys", (input, scope) => Keys(input, scope, isSorted: true)),
        JqBuiltins.Plain("keys_unsorted", (input, scope) => Keys(input, scope, isSorted: false)),
        JqBuiltins.Plain("reverse", Reverse),
        JqBuiltins.With("flatten", Flatten),
        JqBuiltins.With("indices", Indices),
        new("sort_by/1", (input, arguments, scope) => [Sorted(input, arguments[0], scope).Select(item => item.Value).ToList()]),
        new("group_by/1", (input, arguments, scope) => [Groups(input, arguments[0], scope).Select(object? (group) => group).ToList()]),
        new("unique_by/1", (input, arguments, scope) => [Groups(input, arguments[0], scope).Select(group => group[0]).ToList()]),
        new("min_by/1", (input, arguments, scope) => [Sorted(input, arguments[0], scope).Select(item => item.Value).FirstOrDefault()]),
        new("max_by/1", (input, arguments, scope) => [Sorted(input, arguments[0], scope).Select(item => item.Value).LastOrDefault()]),
        new("range/3", Range),
    ];

    private static IEnumerable<object?> Range(object? input, JqNode[] arguments, JqScope scope)
    {
        foreach (var step in arguments[2].Run(input, scope))
            foreach (var end in arguments[1].Run(input, scope))
                foreach (var start in arguments[0].Run(input, scope))
                {
                    if (!NumberKind.IsNumber(start) || !NumberKind.IsNumber(end) || !NumberKind.IsNumber(step)) throw JqValues.Error("Range bounds must be numeric");
                    var (from, to, by) = (NumberKind.AsDouble(start), NumberKind.AsDouble(end), NumberKind.AsDouble(step));
                    if (by == 0) throw JqValues.Error("Range step must not be zero");
                    for (var number = from; by > 0 ? number < to : number > to; number += by)
                    {
                        scope.Step();
                        yield return JqValues.Number(number);
                    }
                }
    }

    private static object? Keys(object? input, JqScope scope, bool isSorted)
    {
        if (input is IReadOnlyDictionary<string, object?> map)
        {
            scope.Evaluation.Burn(map.Count);
            return isSorted ? JqValues.SortedKeys(map) : map.Keys.ToList<object?>();
        }
        if (input is not IReadOnlyList<object?> list) throw JqValues.Error($"{JqValues.Show(input, scope)} has no keys");
        scope.Evaluation.Burn(list.Count);
        return Enumerable.Range(0, list.Count).Cast<object?>().ToList();
    }

    private static object? Reverse(object? input, JqScope scope)
    {
        switch (input)
        {
            case null: return new List<object?>();
            case string text:
                scope.Evaluation.BurnText(text.Length);
                return string.Concat(text.Reverse());
            case IReadOnlyList<object?> list:
                scope.Evaluation.Burn(list.Count);
                return list.Reverse().ToList();
            default: throw JqValues.Error($"{JqValues.Show(input, scope)} cannot be reversed");
        }
    }

    private static object? Flatten(object? input, object? depth, JqScope scope)
    {
        if (!NumberKind.IsNumber(depth) || NumberKind.AsDouble(depth) < 0) throw JqValues.Error("flatten depth must not be negative");
        var flat = new List<object?>();
        Collect(AsList(input, scope), NumberKind.AsDouble(depth));
        return flat;

        void Collect(IReadOnlyList<object?> list, double levels)
        {
            scope.Step();
            scope.Evaluation.Burn(list.Count);
            foreach (var item in list)
                if (item is IReadOnlyList<object?> inner && levels >= 1) Collect(inner, levels - 1);
                else flat.Add(item);
        }
    }

    private static object? Indices(object? input, object? part, JqScope scope)
    {
        switch (input, part)
        {
            case (null, _): return null;
            case (string text, string piece):
                var found = new List<object?>();
                if (piece.Length > 0)
                    for (var at = text.IndexOf(piece, StringComparison.Ordinal); at >= 0; at = text.IndexOf(piece, at + 1, StringComparison.Ordinal)) found.Add(at);
                scope.Evaluation.Burn(found.Count + (text.Length >> 3));
                return found;
            case (IReadOnlyList<object?> list, IReadOnlyList<object?> piece): return JqValues.Indices(list, piece, scope.Evaluation);
            case (IReadOnlyList<object?> list, _): return JqValues.Indices(list, [part], scope.Evaluation);
            default: throw JqValues.Error($"Cannot determine indices of {JqValues.TypeOf(part)} in {JqValues.TypeOf(input)}");
        }
    }

    private static IEnumerable<(object? Key, object? Value)> Sorted(object? input, JqNode key, JqScope scope)
    {
        var list = AsList(input, scope);
        scope.Evaluation.Burn(list.Count * 4L);
        return list.Select(value => (Key: (object?)key.Run(value, scope).ToList(), Value: value)).ToList().OrderBy(item => item.Key, JqValues.Order(scope));
    }

    private static List<List<object?>> Groups(object? input, JqNode key, JqScope scope)
    {
        var groups = new List<List<object?>>();
        object? last = null;
        foreach (var (itemKey, value) in Sorted(input, key, scope))
        {
            if (groups.Count == 0 || JqValues.Compare(last, itemKey, scope.Evaluation) != 0) groups.Add([]);
            groups[^1].Add(value);
            last = itemKey;
        }
        return groups;
    }

    private static IReadOnlyList<object?> AsList(object? input, JqScope scope) =>
        input as IReadOnlyList<object?> ?? throw JqValues.Error($"{JqValues.Show(input, scope)} cannot be sorted or flattened, as it is not an array");
}
