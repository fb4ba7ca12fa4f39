using System.Globalization;

namespace FlowApps.Yaml.Text;

/// <summary>Finds the node of a path such as <c>tasks[0].cases.a[1]</c>.</summary>
internal static class NodeLocator
{
    /// <summary>The node, or the nearest one above it that exists: a property that is missing is missing in its map.</summary>
    public static YamlNode Find(YamlNode root, string? path)
    {
        var node = root;
        var rest = path ?? "";
        while (rest.Length > 0)
        {
            var next = Step(node, ref rest);
            if (next is null) break;
            node = next;
        }
        return node;
    }

    private static YamlNode? Step(YamlNode node, ref string rest)
    {
        if (rest[0] == '.') rest = rest[1..];
        if (node is YamlSequence list && rest.StartsWith('[') && rest.IndexOf(']', StringComparison.Ordinal) is > 0 and var end &&
            int.TryParse(rest.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < list.Items.Count)
        {
            rest = rest[(end + 1)..];
            return list.Items[at];
        }
        if (node is not YamlMapping map) return null;
        var path = rest;
        // Keys may hold dots: the longest key that fits is meant.
        var found = map.Entries.Where(e => path.StartsWith(e.Name, StringComparison.Ordinal) && (path.Length == e.Name.Length || path[e.Name.Length] is '.' or '['))
            .OrderByDescending(e => e.Name.Length).Select(e => (YamlEntry?)e).FirstOrDefault();
        if (found is not { } entry) return null;
        rest = rest[entry.Name.Length..];
        return entry.Value;
    }
}
