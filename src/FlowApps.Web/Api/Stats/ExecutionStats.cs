using System.Globalization;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Api.Executions;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Stats;

/// <summary>Counts of executions by day and state, as a whole, by flow or by namespace; the latest execution of each flow.</summary>
public sealed class ExecutionStats : IApi
{
    private const int MostDays = 400;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/stats/executions/daily", DailyAsync).RequirePermission(Permission.ReadExecutions).WithName("dailyStatistics");
        api.MapPost("/stats/executions/daily/group-by-flow", ByFlowAsync).RequirePermission(Permission.ReadExecutions).WithName("dailyStatisticsGroupByFlow");
        api.MapPost("/stats/executions/daily/group-by-namespace", ByNamespaceAsync).RequirePermission(Permission.ReadExecutions).WithName("dailyStatisticsGroupByNamespace");
        api.MapPost("/stats/executions/latest/group-by-flow", LatestAsync).RequirePermission(Permission.ReadExecutions).WithName("latestExecutionsGroupByFlow");
        api.MapPost("/executions/latest", LatestOfAsync).RequirePermission(Permission.ReadExecutions).WithName("getLatestExecutions");
        api.MapPost("/stats/summary", SummaryAsync).RequirePermission(Permission.ReadExecutions).WithName("statsSummary");
    }

    private static async Task<IResult> DailyAsync(HttpRequest request, IExecutionStore store, TimeProvider clock, CancellationToken cancellation)
    {
        var (query, counts) = await CountAsync(request, store, clock, cancellation);
        return Answer.Json(Days(counts, query));
    }

    private static async Task<IResult> ByFlowAsync(HttpRequest request, IExecutionStore store, TimeProvider clock, CancellationToken cancellation)
    {
        var (query, counts) = await CountAsync(request, store, clock, cancellation);
        return Answer.Json(counts.GroupBy(c => c.Namespace).ToDictionary(ns => ns.Key, ns => ns.GroupBy(c => c.FlowId).ToDictionary(flow => flow.Key, flow => Days(flow, query))));
    }

    private static async Task<IResult> ByNamespaceAsync(HttpRequest request, IExecutionStore store, TimeProvider clock, CancellationToken cancellation)
    {
        var (query, counts) = await CountAsync(request, store, clock, cancellation);
        return Answer.Json(counts.GroupBy(c => c.Namespace).ToDictionary(ns => ns.Key, ns => Days(ns, query)));
    }

    private static async Task<IResult> SummaryAsync(HttpRequest request, IExecutionStore store, IFlowStore flows, TimeProvider clock, CancellationToken cancellation)
    {
        var (query, counts) = await CountAsync(request, store, clock, cancellation);
        var found = await flows.SearchAsync(new FlowQuery(Namespace: query.Namespace), new PageRequest(1, 1), cancellation);
        return Answer.Json(new { flows = found.Total, executions = counts.Sum(c => c.Count), executionsByState = ByState(counts) });
    }

    private static async Task<IResult> LatestAsync(HttpRequest request, IExecutionStore store, IExecutions executions, CancellationToken cancellation)
    {
        var wanted = await request.ReadJsonAsync<LatestRequest>();
        return await RowsAsync(wanted.Flows ?? [], store, executions, cancellation);
    }

    private static async Task<IResult> LatestOfAsync(HttpRequest request, IExecutionStore store, IExecutions executions, CancellationToken cancellation) =>
        await RowsAsync(await request.ReadJsonAsync<List<FlowName>>(), store, executions, cancellation);

    private static async Task<IResult> RowsAsync(List<FlowName> names, IExecutionStore store, IExecutions executions, CancellationToken cancellation)
    {
        var keys = names.Select(n => n is { Namespace: { } ns, Id: { } id } ? new FlowId(ns, id) : throw RefusedException.Invalid("flow_name", "A flow is named by namespace and id.")).ToList();
        var rows = await Task.WhenAll((await store.LatestAsync(keys, 1, cancellation)).Select(row => executions.FindAsync(row.Id, cancellation)));
        return Answer.List(rows.Where(row => row is not null).Select(row => row!.Value.Execution), ExecutionJson.Write);
    }

    /// <summary>The last 30 days unless the request says otherwise, in its query or in its JSON body.</summary>
    private static async Task<(ExecutionQuery Query, IReadOnlyList<ExecutionCount> Counts)> CountAsync(HttpRequest request, IExecutionStore store, TimeProvider clock, CancellationToken cancellation)
    {
        var body = await request.ReadDataAsync() as IReadOnlyDictionary<string, object?>;
        var query = ExecutionFilters.Query(SearchFilters.Of(request), clock);
        string? Sent(string name) => body?.GetValueOrDefault(name) as string;
        query = query with
        {
            Text = query.Text ?? Sent("q"),
            Namespace = query.Namespace ?? Sent("namespace"),
            FlowId = query.FlowId ?? Sent("flowId"),
            From = query.From ?? QueryText.Date("startDate", Sent("startDate")) ?? clock.GetUtcNow().AddDays(-30),
            To = query.To ?? QueryText.Date("endDate", Sent("endDate")) ?? clock.GetUtcNow(),
        };
        if (query.To - query.From > TimeSpan.FromDays(MostDays)) throw RefusedException.Invalid("period", $"A period has at most {MostDays} days.");
        return (query, await store.CountByDayAsync(query, cancellation));
    }

    /// <summary>One entry for each day of the period, also for those without executions.</summary>
    private static List<DayCount> Days(IEnumerable<ExecutionCount> counts, ExecutionQuery query)
    {
        var byDay = counts.ToLookup(c => c.Day);
        var days = new List<DayCount>();
        for (var day = DateOnly.FromDateTime(query.From!.Value.UtcDateTime); day <= DateOnly.FromDateTime(query.To!.Value.UtcDateTime); day = day.AddDays(1))
        {
            var total = byDay[day].Sum(c => c.Count);
            var seconds = total == 0 ? 0 : byDay[day].Sum(c => c.AverageSeconds * c.Count) / total;
            days.Add(new DayCount(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), new DayDuration(seconds, total), ByState(byDay[day])));
        }
        return days;
    }

    private static Dictionary<string, long> ByState(IEnumerable<ExecutionCount> counts)
    {
        var found = counts.GroupBy(c => c.State).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
        return Enum.GetValues<State>().ToDictionary(state => state.Word, state => found.GetValueOrDefault(state));
    }

    /// <summary>The executions of one day (UTC) by state; their mean duration in seconds.</summary>
    public sealed record DayCount(string StartDate, DayDuration Duration, IReadOnlyDictionary<string, long> ExecutionCounts, string GroupBy = "day");

    public sealed record DayDuration(double Avg, long Count);

    public sealed record FlowName(string? Namespace, string? Id);

    public sealed record LatestRequest(List<FlowName>? Flows);
}
