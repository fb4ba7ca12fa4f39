using FlowApps.Domain.Flows;
using FlowApps.Domain.Plugins;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Flows;

/// <summary>One entry of <c>pluginDefaults</c> as nodes, so that merged values keep their line.</summary>
internal sealed record DefaultEntry(string Type, bool Forced, YamlMapping Values)
{
    /// <summary>The entry names one known plugin (by any of its names), or is the beginning of the names of several.</summary>
    public bool Matches(PluginCatalogue catalogue, PluginEntry plugin) => catalogue.Find(Type) is { } named
        ? named == plugin
        : Type.Length > 0 && (plugin.Type.StartsWith(Type, StringComparison.Ordinal) || Variants.FullName(plugin).StartsWith(Type, StringComparison.Ordinal));

    public static DefaultEntry Of(PluginDefault given) => new(given.Type, given.Forced, (YamlMapping)YamlNode.Of(given.Values));

    /// <summary>The entries that a flow's text holds; those not written as they should be are left to the binder's problems.</summary>
    public static IEnumerable<DefaultEntry> In(YamlMapping flow) =>
        from list in new[] { flow["pluginDefaults"], flow["taskDefaults"] }.OfType<YamlSequence>()
        from entry in list.Items.OfType<YamlMapping>()
        let type = entry.Text("type")
        let values = entry["values"] as YamlMapping
        where type is not null && values is not null
        select new DefaultEntry(type, entry["forced"] is YamlScalar { Value: true }, values);
}
