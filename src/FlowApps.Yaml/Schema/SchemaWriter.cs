using System.Text.Json.Nodes;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Triggers;

namespace FlowApps.Yaml.Schema;

/// <summary>JSON Schemas (draft-07) of what the readers read, for editors: completion, hover texts and first errors while writing. Each is made once.</summary>
public sealed class SchemaWriter(PluginCatalogue catalogue)
{
    private readonly Dictionary<string, Lazy<string>> schemas = new(StringComparer.OrdinalIgnoreCase)
    {
        ["flow"] = Of(catalogue, typeof(Flow), "Flow"),
        ["app"] = Of(catalogue, typeof(App), "App"),
        ["form-test"] = Of(catalogue, typeof(FormSuite), "Tests of a form"),
        ["flow-test"] = Of(catalogue, typeof(FlowTestSuite), "Tests of a flow"),
        ["task"] = Of(catalogue, typeof(TaskDefinition), "Task"),
        ["input"] = Of(catalogue, typeof(InputDefinition), "Input"),
        ["trigger"] = Of(catalogue, typeof(TriggerDefinition), "Trigger"),
        ["pluginDefault"] = Of(catalogue, typeof(PluginDefault), "Plugin default"),
    };

    /// <summary>The kinds of text that have a schema.</summary>
    public IEnumerable<string> Kinds => schemas.Keys;

    /// <summary>The schema of a kind as JSON text, whatever the case of its name, singular or plural; null when there is none.</summary>
    public string? Find(string kind) => (schemas.GetValueOrDefault(kind) ?? schemas.GetValueOrDefault(kind.TrimEnd('s', 'S')))?.Value;

    public string Flow() => schemas["flow"].Value;

    public string App() => schemas["app"].Value;

    private static Lazy<string> Of(PluginCatalogue catalogue, Type type, string title) => new(() =>
    {
        var definitions = new SchemaDefinitions(catalogue);
        var root = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = title,
            ["allOf"] = new JsonArray(definitions.Of(type)),
        };
        root["definitions"] = definitions.Written;
        return root.ToJsonString();
    });
}
