using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Web.Flows.Topology;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Flows;

/// <summary>Which flows start which (subflow tasks, flow triggers): around one flow, or within a namespace.</summary>
public sealed class Dependencies : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/flows/{namespace}/{id}/dependencies", OfFlowAsync).RequirePermission(Permission.ReadFlows).WithName("getFlowDependencies");
        api.MapGet("/namespaces/{namespace}/dependencies", OfNamespaceAsync).RequirePermission(Permission.ReadFlows).WithName("getFlowDependenciesFromNamespace");
    }

    private static async Task<IResult> OfFlowAsync(string @namespace, string id, bool? destinationOnly, bool? expandAll, IFlows flows, IFlowStore store, CancellationToken cancellation)
    {
        var key = new FlowId(@namespace, id);
        await flows.RevisionAsync(key, null, cancellation);
        var links = await AllAsync(store, cancellation);
        return Answer(FlowLinks.Around(key, links, destinationOnly ?? false, expandAll ?? false), [key]);
    }

    private static async Task<IResult> OfNamespaceAsync(string @namespace, IFlowStore store, CancellationToken cancellation)
    {
        var links = await AllAsync(store, cancellation);
        var found = await store.SearchAsync(new FlowQuery(Namespace: @namespace, NamespacePrefix: false), new(1, 1000), cancellation);
        var inside = found.Results.Select(flow => flow.Key).ToHashSet();
        return Answer(links.Where(link => inside.Contains(link.From) || inside.Contains(link.To)).ToList(), inside);
    }

    private static async Task<IReadOnlyList<FlowLink>> AllAsync(IFlowStore store, CancellationToken cancellation)
    {
        var links = new List<FlowLink>();
        await foreach (var flow in store.AllAsync(cancellation)) links.AddRange(FlowLinks.Of(flow.Key, FlowJson.Read(flow.Source)));
        return links;
    }

    private static JsonAnswer Answer(IReadOnlyList<FlowLink> links, IEnumerable<FlowId> always) => new(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("nodes");
        writer.WriteArray(always.Concat(links.SelectMany(link => new[] { link.From, link.To })).Distinct(), static (to, key) =>
        {
            to.WriteStartObject();
            to.WriteString("uid", key.ToString());
            to.WriteString("namespace", key.Namespace);
            to.WriteString("id", key.Id);
            to.WriteEndObject();
        });
        writer.WritePropertyName("edges");
        writer.WriteArray(links, static (to, link) =>
        {
            to.WriteStartObject();
            to.WriteString("source", link.From.ToString());
            to.WriteString("target", link.To.ToString());
            to.WriteString("relation", link.ByTrigger ? "FLOW_TRIGGER" : "FLOW_TASK");
            to.WriteEndObject();
        });
        writer.WriteEndObject();
    });
}
