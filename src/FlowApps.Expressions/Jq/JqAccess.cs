using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Jq;

/// <summary>Getting, setting and removing by key, index, slice and path. Values are never changed in place.</summary>
internal static class JqAccess
{
    public static object? Get(object? owner, object? key, Evaluation evaluation)
    {
        switch (owner, key)
        {
            case (null, string or null): return null;
            case (null, _) when NumberKind.IsNumber(key) || key is IReadOnlyDictionary<string, object?>: return null;
            case (IReadOnlyDictionary<string, object?> map, string name): return map.GetValueOrDefault(name);
            case (IReadOnlyList<object?> list, _) when NumberKind.IsNumber(key):
                var index = Index(key!, list.Count);
                return index >= 0 && index < list.Count ? list[(int)index] : null;
            case (IReadOnlyList<object?> list, IReadOnlyDictionary<string, object?> bounds):
                var (start, end) = Bounds(bounds, list.Count);
                evaluation.Burn(end - start);
                return list.Skip(start).Take(end - start).ToList();
            case (string text, IReadOnlyDictionary<string, object?> bounds):
                var (from, to) = Bounds(bounds, text.Length);
                return text[from..to];
            case (IReadOnlyList<object?> list, IReadOnlyList<object?> part): return JqValues.Indices(list, part, evaluation);
            default: throw JqValues.Error($"Cannot index {JqValues.TypeOf(owner)} with {(key is string name2 ? $"\"{name2}\"" : JqValues.TypeOf(key))}");
        }
    }

    public static IEnumerable<(object? Key, object? Value)> Entries(object? owner) => owner switch
    {
        IReadOnlyDictionary<string, object?> map => map.Select(entry => ((object?)entry.Key, entry.Value)),
        IReadOnlyList<object?> list => list.Select((value, index) => ((object?)index, value)),
        _ => throw JqValues.Error($"Cannot iterate over {JqValues.TypeOf(owner)}"),
    };

    public static object? GetPath(object? root, IReadOnlyList<object?> path, Evaluation evaluation)
    {
        foreach (var key in path)
        {
            if (root is null) return null;
            root = Get(root, key, evaluation);
        }
        return root;
    }

    public static object? SetPath(object? root, IReadOnlyList<object?> path, int at, object? value, Evaluation evaluation)
    {
        if (at == path.Count) return value;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (root, path[at])
        {
            case (null or IReadOnlyDictionary<string, object?>, string name):
                var map = root is null ? new OrderedDictionary<string, object?>(StringComparer.Ordinal) : new OrderedDictionary<string, object?>((IReadOnlyDictionary<string, object?>)root, StringComparer.Ordinal);
                evaluation.Burn(map.Count + 1);
                map[name] = SetPath(map.GetValueOrDefault(name), path, at + 1, value, evaluation);
                return map;
            case (null or IReadOnlyList<object?>, IReadOnlyDictionary<string, object?> bounds):
                var whole = (IReadOnlyList<object?>?)root ?? [];
                var (start, end) = Bounds(bounds, whole.Count);
                if (SetPath(whole.Skip(start).Take(end - start).ToList(), path, at + 1, value, evaluation) is not IReadOnlyList<object?> part)
                    throw JqValues.Error("A slice of an array can only be assigned another array");
                evaluation.Burn(whole.Count + part.Count);
                return (List<object?>)[.. whole.Take(start), .. part, .. whole.Skip(end)];
            case (null or IReadOnlyList<object?>, var key) when NumberKind.IsNumber(key):
                var list = ((IReadOnlyList<object?>?)root ?? []).ToList();
                var index = Index(key!, list.Count);
                if (index < 0) throw JqValues.Error("Out of bounds negative array index");
                evaluation.Burn(Math.Max(list.Count, index) + 1);
                while (list.Count <= index) list.Add(null);
                list[(int)index] = SetPath(list[(int)index], path, at + 1, value, evaluation);
                return list;
            default:
                throw JqValues.Error($"Cannot index {JqValues.TypeOf(root)} with {JqValues.TypeOf(path[at])}");
        }
    }

    /// <summary>Removes the places, the last ones first, so that indexes stay true.</summary>
    public static object? DeletePaths(object? root, IEnumerable<object?> paths, JqScope scope)
    {
        foreach (var path in paths.OrderDescending(JqValues.Order(scope)))
            root = Delete(root, path as IReadOnlyList<object?> ?? throw JqValues.Error("Path must be specified as an array"), 0, scope.Evaluation);
        return root;
    }

    private static object? Delete(object? root, IReadOnlyList<object?> path, int at, Evaluation evaluation)
    {
        if (at == path.Count || root is null) return null;
        if (at < path.Count - 1)
        {
            var inner = Get(root, path[at], evaluation);
            return inner is null ? root : SetPath(root, [path[at]], 0, Delete(inner, path, at + 1, evaluation), evaluation);
        }
        switch (root, path[at])
        {
            case (IReadOnlyDictionary<string, object?> map, string name):
                var rest = new OrderedDictionary<string, object?>(map, StringComparer.Ordinal);
                evaluation.Burn(rest.Count);
                rest.Remove(name);
                return rest;
            case (IReadOnlyList<object?> list, IReadOnlyDictionary<string, object?> bounds):
                var (start, end) = Bounds(bounds, list.Count);
                evaluation.Burn(list.Count);
                return (List<object?>)[.. list.Take(start), .. list.Skip(end)];
            case (IReadOnlyList<object?> list, var key) when NumberKind.IsNumber(key):
                var index = Index(key!, list.Count);
                evaluation.Burn(list.Count);
                return list.Where((_, position) => position != index).ToList();
            default:
                throw JqValues.Error($"Cannot delete field of {JqValues.TypeOf(root)}");
        }
    }

    private static long Index(object key, int count)
    {
        var index = (long)Math.Floor(NumberKind.AsDouble(key));
        return index < 0 ? index + count : index;
    }

    private static (int Start, int End) Bounds(IReadOnlyDictionary<string, object?> bounds, int count)
    {
        int At(string name, int fallback, bool roundUp)
        {
            if (bounds.GetValueOrDefault(name) is not { } bound) return fallback;
            if (!NumberKind.IsNumber(bound)) throw JqValues.Error("Start and end indices of an array slice must be numbers");
            var exact = NumberKind.AsDouble(bound);
            var whole = roundUp ? Math.Ceiling(exact) : Math.Floor(exact);
            return (int)Math.Clamp(whole < 0 ? whole + count : whole, 0, count);
        }
        var start = At("start", 0, roundUp: false);
        return (start, Math.Max(start, At("end", count, roundUp: true)));
    }
}
