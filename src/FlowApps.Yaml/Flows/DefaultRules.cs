using FlowApps.Domain.Plugins;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Flows;

/// <summary>What the entries of <c>pluginDefaults</c> must be (kestra-semantics 9.4): no empty values, and only properties that the plugin has.</summary>
internal static class DefaultRules
{
    public static void Check(YamlMapping flow, PluginCatalogue catalogue, Findings findings)
    {
        foreach (var name in new[] { "pluginDefaults", "taskDefaults" })
        {
            if (flow[name] is not YamlSequence list) continue;
            for (var i = 0; i < list.Items.Count; i++)
                if (list.Items[i] is YamlMapping entry && entry["values"] is YamlMapping values) Check(entry.Text("type") ?? "", values, NodePath.Root.Child(name).Item(i).Child("values"), catalogue, findings);
        }
    }

    private static void Check(string type, YamlMapping values, NodePath path, PluginCatalogue catalogue, Findings findings)
    {
        var shape = catalogue.Find(type) is { } plugin ? RecordShape.Of(plugin.Record) : null;
        foreach (var (key, value) in values.Entries)
        {
            if (value is YamlScalar { IsNull: true }) findings.Report("missing_field", "must not be null: a default needs a value", path.Child(key.Text), value);
            if (shape is null || shape.Find(key.Text) is not null) continue;
            var near = findings.Nearest(key.Text, shape.Names);
            findings.Report("unknown_field", $"Unrecognized field \"{key.Text}\" in {type}", path.Child(key.Text), key, near is null ? null : $"Did you mean `{near}`?");
        }
    }
}
