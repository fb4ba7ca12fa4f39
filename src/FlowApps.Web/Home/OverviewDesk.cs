using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Web.Flows.List;

namespace FlowApps.Web.Home;

/// <summary>Reads the home page: six queries, whatever there is.</summary>
public sealed class OverviewDesk(IExecutionStore executions, ITriggerStore triggers, IWaitStore waits, TimeProvider clock)
{
    private const int Shown = 6;
    private static readonly State[] AtWork = [State.Created, State.Running, State.Queued, State.Retrying, State.Restarted, State.Killing];

    /// <param name="days">How many days are looked back, today included.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async Task<Overview> ReadAsync(int days, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var from = new DateTimeOffset(today.AddDays(1 - days), TimeOnly.MinValue, TimeSpan.Zero);
        var counts = await executions.CountByDayAsync(new ExecutionQuery { From = from }, cancellation);
        var byDay = counts.ToLookup(count => count.Day);
        var running = await executions.SearchAsync(new ExecutionQuery { States = AtWork }, new PageRequest(1, Shown, "startDate:desc"), cancellation);
        var waiting = await waits.SearchAsync(new WaitQuery(), new PageRequest(1, Shown), cancellation);
        var due = await triggers.SearchAsync(new TriggerQuery(Disabled: false), new PageRequest(1, 1000), cancellation);
        return new Overview(
            Enumerable.Range(0, days).Select(i => Day(today.AddDays(i + 1 - days), byDay[today.AddDays(i + 1 - days)])).ToList(),
            await FailingAsync(counts, cancellation), running.Results, running.Total, waiting.Results, waiting.Total,
            due.Results.Where(trigger => trigger.NextExecutionDate is not null).OrderBy(trigger => trigger.NextExecutionDate).Take(Shown).ToList());
    }

    private async Task<IReadOnlyList<FailingFlow>> FailingAsync(IReadOnlyList<ExecutionCount> counts, CancellationToken cancellation)
    {
        var failing = counts.Where(count => count.State.IsFailed).GroupBy(count => new FlowId(count.Namespace, count.FlowId)).Select(group => (group.Key, Failed: group.Sum(count => count.Count)))
            .OrderByDescending(pair => pair.Failed).Take(Shown).ToList();
        if (failing.Count == 0) return [];
        var runs = (await executions.LatestAsync(failing.Select(pair => pair.Key).ToList(), 20, cancellation)).ToLookup(run => new FlowId(run.Namespace, run.FlowId));
        return failing.Select(pair => new FailingFlow(pair.Key, pair.Failed,
            new FlowRow(new FlowSummary(pair.Key, 0, null, [], false, default, null, [], false), runs[pair.Key].OrderByDescending(run => run.StartDate).ToList(), null))).ToList();
    }

    private static DayCounts Day(DateOnly day, IEnumerable<ExecutionCount> counts)
    {
        var all = counts.ToList();
        return new DayCounts(day, Of(state => state == State.Success), Of(state => state == State.Warning), Of(state => state.IsFailed), Of(state => state is not (State.Success or State.Warning) && !state.IsFailed),
            all.Where(count => count.State.IsTerminal).Sum(count => count.AverageSeconds * count.Count));

        long Of(Func<State, bool> of) => all.Where(count => of(count.State)).Sum(count => count.Count);
    }
}
