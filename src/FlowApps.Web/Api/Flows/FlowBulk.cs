using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Flows;

/// <summary>One operation on many flows: <c>by-ids</c> (a JSON list of <c>{namespace, id}</c>) and <c>by-query</c> (the conditions of a search); answers <c>{count}</c>.</summary>
public static class FlowBulk
{
    public static void MapFlowBulk(this IEndpointRouteBuilder api, string method, string operation, string name, Func<IFlows, FlowId, string?, CancellationToken, Task> actAsync)
    {
        api.MapMethods($"/flows/{operation}/by-ids", [method], async (HttpRequest request, ApiCall call, IFlows flows, CancellationToken cancellation) =>
            await RunAsync(await IdsAsync(request), call, flows, actAsync, cancellation)).RequirePermission(Permission.WriteFlows).WithName($"{name}ByIds");
        api.MapMethods($"/flows/{operation}/by-query", [method], async (HttpRequest request, ApiCall call, IFlows flows, IFlowStore store, CancellationToken cancellation) =>
            await RunAsync(await FoundAsync(await SearchFilters.WithBodyAsync(request), store, cancellation), call, flows, actAsync, cancellation)).RequirePermission(Permission.WriteFlows).WithName($"{name}ByQuery");
    }

    public static async Task<IReadOnlyList<FlowId>> IdsAsync(HttpRequest request) => (await request.ReadJsonAsync<List<Name>>())
        .Select(name => name is { Namespace: { Length: > 0 } ns, Id: { Length: > 0 } id } ? new FlowId(ns, id) : throw RefusedException.Invalid("ids_missing", "The body is a JSON list of {namespace, id}."))
        .Distinct().ToList();

    public static async Task<IReadOnlyList<FlowId>> FoundAsync(SearchFilters filters, IFlowStore store, CancellationToken cancellation)
    {
        var query = FlowFilters.Query(filters);
        var keys = new List<FlowId>();
        for (var page = 1; ; page++)
        {
            var found = await store.SearchAsync(query, new(page, 1000), cancellation);
            keys.AddRange(found.Results.Select(flow => flow.Key));
            if (found.Results.Count < 1000) return keys;
        }
    }

    private static async Task<IResult> RunAsync(IReadOnlyList<FlowId> keys, ApiCall call, IFlows flows, Func<IFlows, FlowId, string?, CancellationToken, Task> actAsync, CancellationToken cancellation)
    {
        foreach (var key in keys) await flows.RevisionAsync(key, null, cancellation);
        foreach (var key in keys) await actAsync(flows, key, call.By, cancellation);
        return Answer.Count(keys.Count);
    }

    public sealed record Name(string? Namespace, string? Id);
}
