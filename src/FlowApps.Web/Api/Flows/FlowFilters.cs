using FlowApps.Domain.Flows;

namespace FlowApps.Web.Api.Flows;

/// <summary>From the conditions of a request to the store's query.</summary>
public static class FlowFilters
{
    public static FlowQuery Query(SearchFilters filters) => new(
        Text: filters.Text("q", "CONTAINS", "STARTS_WITH"),
        Namespace: filters.One("namespace", "EQUALS", "IN", "PREFIX", "STARTS_WITH", "CONTAINS")?.Value.TrimEnd('.'),
        Labels: filters.Labels is { Count: > 0 } labels ? labels : null);
}
