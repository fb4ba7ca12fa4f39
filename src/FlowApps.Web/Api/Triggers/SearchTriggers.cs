using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Domain.Triggers;
using FlowApps.Web.Api.Flows;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Triggers;

/// <summary>Finds triggers: all with their definitions (<c>{abstractTrigger, triggerContext}</c>), or the states of one flow's.</summary>
public sealed class SearchTriggers : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/triggers/search", HandleAsync).RequirePermission(Permission.ReadTriggers).WithName("searchTriggers");
        api.MapGet("/triggers/{namespace}/{flowId}", OfFlowAsync).RequirePermission(Permission.ReadTriggers).WithName("searchTriggersForFlow");
    }

    private static async Task<IResult> HandleAsync(HttpRequest request, [AsParameters] Paging paging, ITriggerStore triggers, IFlowStore flows, CancellationToken cancellation)
    {
        var found = await triggers.SearchAsync(Query(SearchFilters.Of(request)), paging.Request, cancellation);
        var texts = new Dictionary<FlowId, IReadOnlyDictionary<string, object?>>();
        foreach (var key in found.Results.Select(state => state.Key.Flow).Distinct())
            if (await flows.LoadAsync(key, null, true, cancellation) is { } flow) texts[key] = FlowJson.Read(flow.Source);
        return Answer.Page(found.Results, found.Total, (writer, state) =>
        {
            writer.WriteStartObject();
            if (texts.TryGetValue(state.Key.Flow, out var text) && Definition(text, state.Key.TriggerId) is { } definition) writer.WriteData("abstractTrigger", definition);
            writer.WritePropertyName("triggerContext");
            TriggerJson.Write(writer, state);
            writer.WriteEndObject();
        });
    }

    private static async Task<IResult> OfFlowAsync(string @namespace, string flowId, string? q, [AsParameters] Paging paging, ITriggerStore triggers, CancellationToken cancellation)
    {
        var found = await triggers.SearchAsync(new TriggerQuery(@namespace, flowId, q), paging.Request, cancellation);
        var own = found.Results.Where(state => state.Key.Namespace == @namespace).ToList();
        return Answer.Page(own, found.Total - (found.Results.Count - own.Count), TriggerJson.Write);
    }

    public static TriggerQuery Query(SearchFilters filters) => new(
        filters.One("namespace", "EQUALS", "IN", "PREFIX", "STARTS_WITH", "CONTAINS")?.Value.TrimEnd('.'), filters.Text("flowId"), filters.Text("q", "CONTAINS"));

    private static object? Definition(IReadOnlyDictionary<string, object?> flow, string triggerId) =>
        (flow.GetValueOrDefault("triggers") as IReadOnlyList<object?>)?.FirstOrDefault(t => t is IReadOnlyDictionary<string, object?> map && map.GetValueOrDefault("id") as string == triggerId);
}
