using FlowApps.Domain.Values;

namespace FlowApps.Engine.Inputs;

/// <summary>Ids with dots nest: <c>nested.more.int</c> is <c>nested</c>, in it <c>more</c>, in it <c>int</c>.</summary>
internal static class NestedMap
{
    public static void Set(OrderedDictionary<string, object?> map, string id, object? value)
    {
        var parts = id.Split('.');
        foreach (var part in parts[..^1])
        {
            if (map.GetValueOrDefault(part) is not OrderedDictionary<string, object?> inner) map[part] = inner = Data.Map();
            map = inner;
        }
        map[parts[^1]] = value;
    }

    /// <summary>Finds by the whole id, then by its parts.</summary>
    public static bool TryGet(IReadOnlyDictionary<string, object?> map, string id, out object? value)
    {
        if (map.TryGetValue(id, out value)) return true;
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && map.TryGetValue(id[..dot], out var inner) && inner is IReadOnlyDictionary<string, object?> nested && TryGet(nested, id[(dot + 1)..], out value);
    }
}
