using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Flows.List;

/// <summary>The rows of the flows list: three queries for a page, however many flows are on it.</summary>
public sealed class FlowRows(IFlowStore flows, IExecutionStore executions, ITriggerStore triggers)
{
    public const int Size = 50;
    private const int History = 20;
    private const int Most = 1000;

    public async Task<Page<FlowRow>> ListAsync(FlowFilter filter, CancellationToken cancellation)
    {
        var byState = filter.State is "failing" or "waiting";
        var found = await flows.SearchAsync(filter.Query, byState ? new PageRequest(1, Most) : new PageRequest(filter.Page, Size), cancellation);
        if (byState) found = await WithLastStateAsync(found.Results, filter, cancellation);
        if (found.Results.Count == 0) return new Page<FlowRow>([], found.Total);
        var keys = found.Results.Select(flow => flow.Key).ToList();
        var runs = (await executions.LatestAsync(keys, History, cancellation)).ToLookup(run => new FlowId(run.Namespace, run.FlowId));
        var next = (await triggers.SearchAsync(new TriggerQuery(filter.Namespace, Disabled: false), new PageRequest(1, Most), cancellation)).Results
            .Where(trigger => trigger.NextExecutionDate is not null).ToLookup(trigger => trigger.Key.Flow, trigger => trigger.NextExecutionDate);
        return new Page<FlowRow>(found.Results.Select(flow => new FlowRow(flow, runs[flow.Key].OrderByDescending(run => run.StartDate).ToList(), next[flow.Key].Min())).ToList(), found.Total);
    }

    private async Task<Page<FlowSummary>> WithLastStateAsync(IReadOnlyList<FlowSummary> all, FlowFilter filter, CancellationToken cancellation)
    {
        var last = (await executions.LatestAsync(all.Select(flow => flow.Key).ToList(), 1, cancellation)).ToDictionary(run => new FlowId(run.Namespace, run.FlowId), run => run.State);
        var wanted = all.Where(flow => last.TryGetValue(flow.Key, out var state) && (filter.State == "failing" ? state.IsFailed : state == State.Paused)).ToList();
        return new Page<FlowSummary>(wanted.Skip((filter.Page - 1) * Size).Take(Size).ToList(), wanted.Count);
    }
}
