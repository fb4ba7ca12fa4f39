using FlowApps.Domain.Executions;

namespace FlowApps.Web.Api.Executions;

/// <summary>From the conditions of a request to the store's query.</summary>
public static class ExecutionFilters
{
    public static ExecutionQuery Query(SearchFilters filters, TimeProvider clock)
    {
        var (from, to) = filters.Period(clock.GetUtcNow());
        var ns = filters.One("namespace", "EQUALS", "IN", "PREFIX", "STARTS_WITH", "CONTAINS");
        return new ExecutionQuery
        {
            Text = filters.Text("q", "CONTAINS", "STARTS_WITH"),
            Namespace = ns?.Value.TrimEnd('.'),
            NamespacePrefix = true,
            FlowId = filters.Text("flowId"),
            States = States(filters),
            From = from,
            To = to,
            Labels = filters.Labels,
            TriggerExecutionId = filters.Text("triggerExecutionId"),
            Child = filters.Text("childFilter")?.ToUpperInvariant() switch { "CHILD" => true, "MAIN" => false, _ => null },
        };
    }

    private static List<State> States(SearchFilters filters)
    {
        var wanted = filters.Values("state").Select(StateWord.Read).ToList();
        var excluded = filters.Excluded("state").Select(StateWord.Read).ToList();
        return excluded.Count == 0 ? wanted : (wanted.Count > 0 ? wanted : Enum.GetValues<State>().ToList()).Except(excluded).ToList();
    }
}
