using FlowApps.Domain.Plugins;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Flows;

/// <summary>
/// Gives plugins their defaults before anything is bound (kestra-semantics 9.4). From weak to strong: the installation's, those of the namespaces from the outermost in, the flow's, what the
/// plugin itself says, and in the same order the forced ones. The entries come strongest first. Maps merge deeply, lists are joined.
/// </summary>
internal sealed class PluginDefaultMerge(PluginCatalogue catalogue, IReadOnlyList<DefaultEntry> entries)
{
    public YamlMapping Apply(YamlMapping document)
    {
        if (entries.Count == 0) return document;
        return Rebuilt(document, entry => entry.Name is "pluginDefaults" or "taskDefaults" ? entry.Value : Applied(entry.Value));
    }

    private YamlNode Applied(YamlNode node) => node switch
    {
        YamlMapping map => WithDefaults(Rebuilt(map, entry => Applied(entry.Value))),
        YamlSequence list => Rebuilt(list),
        _ => node,
    };

    private static YamlMapping Rebuilt(YamlMapping map, Func<YamlEntry, YamlNode> change)
    {
        List<YamlEntry>? changed = null;
        for (var i = 0; i < map.Entries.Count; i++)
        {
            var value = change(map.Entries[i]);
            if (ReferenceEquals(value, map.Entries[i].Value)) continue;
            changed ??= [.. map.Entries];
            changed[i] = map.Entries[i] with { Value = value };
        }
        return changed is null ? map : new YamlMapping(changed, map.Line, map.Column);
    }

    private YamlSequence Rebuilt(YamlSequence list)
    {
        List<YamlNode>? changed = null;
        for (var i = 0; i < list.Items.Count; i++)
        {
            var item = Applied(list.Items[i]);
            if (ReferenceEquals(item, list.Items[i])) continue;
            changed ??= [.. list.Items];
            changed[i] = item;
        }
        return changed is null ? list : new YamlSequence(changed, list.Line, list.Column);
    }

    private YamlMapping WithDefaults(YamlMapping map)
    {
        if (map.Text("type") is not { } type || catalogue.Find(type) is not { } plugin) return map;
        var shape = RecordShape.Of(plugin.Record);
        foreach (var entry in Matching(plugin, forced: false)) map = Merge(Fitting(entry.Values, shape), map);
        foreach (var entry in Matching(plugin, forced: true).Reverse()) map = Merge(map, Fitting(entry.Values, shape));
        return map;
    }

    private IEnumerable<DefaultEntry> Matching(PluginEntry plugin, bool forced) =>
        entries.Where(e => e.Forced == forced && e.Matches(catalogue, plugin));

    /// <summary>A default for many types gives each only what it has.</summary>
    private static YamlMapping Fitting(YamlMapping values, RecordShape shape) =>
        values.Entries.All(e => shape.Find(e.Name) is not null) ? values : new YamlMapping([.. values.Entries.Where(e => shape.Find(e.Name) is not null)], values.Line, values.Column);

    private static YamlMapping Merge(YamlMapping weak, YamlMapping strong)
    {
        var merged = new List<YamlEntry>(strong.Entries.Count + weak.Entries.Count);
        foreach (var entry in strong.Entries) merged.Add(weak[entry.Name] is { } below ? entry with { Value = Merge(below, entry.Value) } : entry);
        merged.AddRange(weak.Entries.Where(e => strong[e.Name] is null));
        return new YamlMapping(merged, strong.Line, strong.Column);
    }

    private static YamlNode Merge(YamlNode weak, YamlNode strong) => (weak, strong) switch
    {
        (YamlMapping low, YamlMapping high) => Merge(low, high),
        (YamlSequence low, YamlSequence high) => new YamlSequence([.. low.Items, .. high.Items], high.Line, high.Column),
        _ => strong,
    };
}
