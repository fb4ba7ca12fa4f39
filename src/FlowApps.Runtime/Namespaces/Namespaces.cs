using FlowApps.Domain.Flows;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Runtime.Flows;
using FlowApps.Yaml.Namespaces;

namespace FlowApps.Runtime.Namespaces;

/// <summary>The settings of namespaces as people change them: read, stored, and then in force for every flow.</summary>
internal sealed class Namespaces(NamespaceRegistry registry, NamespaceReader reader, IDocumentStore documents, FlowRegistry flows) : INamespaces
{
    public IReadOnlyCollection<NamespaceSettings> All => registry.All;

    public NamespaceSettings Find(string ns) => registry.Find(ns) ?? new NamespaceSettings(ns);

    public IReadOnlyDictionary<string, object?> VariablesFor(string ns) => registry.VariablesFor(ns);

    public IReadOnlyList<(string Namespace, PluginDefault Default)> DefaultsFor(string ns) => registry.DefaultsFor(ns);

    public async Task<NamespaceSettings> SaveAsync(string ns, string? description, string variables, string pluginDefaults, CancellationToken cancellation)
    {
        var reading = reader.Read(variables, pluginDefaults);
        if (reading.Problems.Count > 0) throw new RefusedException(RefusalKind.Invalid, reading.Problems);
        var settings = Find(ns) with
        {
            Description = string.IsNullOrWhiteSpace(description) ? null : description.Trim(),
            Variables = reading.Variables,
            PluginDefaults = reading.PluginDefaults,
            VariablesSource = variables,
            PluginDefaultsSource = pluginDefaults,
        };
        await documents.WriteAsync([new DocumentWrite(NamespaceRegistry.Kind, ns, Data.Write(settings), null, ns)], cancellation);
        await flows.RefreshAsync(cancellation);
        return settings;
    }

    public async Task<bool> DeleteAsync(string ns, CancellationToken cancellation)
    {
        if (registry.Find(ns) is null) return false;
        await documents.WriteAsync([new DocumentWrite(NamespaceRegistry.Kind, ns, null)], cancellation);
        await flows.RefreshAsync(cancellation);
        return true;
    }
}
