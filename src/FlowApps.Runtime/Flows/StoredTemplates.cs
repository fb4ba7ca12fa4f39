using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Flows;
using FlowApps.Runtime.Hosting;
using FlowApps.Yaml.Flows;

namespace FlowApps.Runtime.Flows;

/// <summary>
/// Fills stored templates (documents of the kind <c>template</c>: id, namespace, tasks, errors) into the flows that use them, when templates are enabled at all. A flow is filled
/// anew when one of its templates was saved.
/// </summary>
internal sealed class StoredTemplates(IDocumentStore documents, FlowReader reader, RuntimeOptions options)
{
    private const string Kind = "template";
    private readonly ConditionalWeakTable<Flow, StrongBox<bool>> users = [];
    private readonly ConcurrentDictionary<(FlowId Flow, int Revision), (string Versions, Flow Bare, Flow Filled)> filled = new();

    public Flow Fill(Flow flow)
    {
        if (!options.Templates || !users.GetValue(flow, static key => new StrongBox<bool>(Templates.AreUsedBy(key))).Value) return flow;
        var versions = "";
        var result = Templates.Fill(flow, (ns, id) =>
        {
            if (documents.Load<OrderedDictionary<string, object?>>(Kind, $"{ns}/{id}") is not { } stored) return null;
            versions += $"{ns}/{id}:{stored.Version};";
            return reader.Read(Data.Write(stored.Value), strict: false).Flow is { } read ? ((IReadOnlyList<TaskDefinition>, IReadOnlyList<TaskDefinition>)?)(read.Tasks, read.Errors) : null;
        });
        // The same object for the same templates: what is computed per flow object is then kept.
        return filled.AddOrUpdate((flow.Key, flow.Revision), _ => (versions, flow, result), (_, known) => known.Versions == versions && ReferenceEquals(known.Bare, flow) ? known : (versions, flow, result)).Filled;
    }
}
