using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Flows;

/// <summary>Finds flows by name, namespace and labels; lists those of a namespace; lists the namespaces that have flows.</summary>
public sealed class SearchFlows : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/flows/search", HandleAsync).RequirePermission(Permission.ReadFlows).WithName("searchFlows");
        api.MapGet("/flows/{namespace}", OfNamespaceAsync).RequirePermission(Permission.ReadFlows).WithName("listFlowsByNamespace");
        api.MapGet("/flows/distinct-namespaces", NamespacesAsync).RequirePermission(Permission.ReadFlows).WithName("listDistinctNamespaces");
    }

    private static async Task<IResult> HandleAsync(HttpRequest request, [AsParameters] Paging paging, IFlowStore store, CancellationToken cancellation)
    {
        var found = await store.SearchAsync(FlowFilters.Query(SearchFilters.Of(request)), paging.Request, cancellation);
        return Answer.Page(await TextsAsync(found.Results, store, cancellation), found.Total, FlowJson.Write);
    }

    private static async Task<IResult> OfNamespaceAsync(string @namespace, IFlowStore store, CancellationToken cancellation)
    {
        var found = await store.SearchAsync(new FlowQuery(Namespace: @namespace, NamespacePrefix: false), new(1, 1000), cancellation);
        return Answer.List(await TextsAsync(found.Results, store, cancellation), FlowJson.Write);
    }

    private static async Task<IResult> NamespacesAsync(string? q, IFlowStore store, CancellationToken cancellation) =>
        Answer.Json((await store.NamespacesAsync(cancellation)).Where(ns => q is null || ns.Contains(q, StringComparison.OrdinalIgnoreCase)));

    private static async Task<IEnumerable<FlowRevision>> TextsAsync(IReadOnlyList<FlowSummary> found, IFlowStore store, CancellationToken cancellation) =>
        (await Task.WhenAll(found.Select(flow => store.LoadAsync(flow.Key, flow.Revision, true, cancellation)))).OfType<FlowRevision>();
}
