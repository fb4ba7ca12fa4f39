using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Runtime.Flows;
using FlowApps.Runtime.Hosting;

namespace FlowApps.Runtime.Triggers;

/// <summary>
/// Keeps one row for each trigger that has due times. The row is what makes it fire; nothing in memory does. Written when a flow is saved, checked for all flows
/// when the scheduler starts.
/// </summary>
internal sealed class TriggerRows(ITriggerStore store, FlowRegistry flows, TriggerIndex index, TriggerPlan plan, INeighbours neighbours, NodeIdentity node, TimeProvider clock)
{
    private const int PageSize = 1000;

    /// <summary>At start: every flow's rows, and the dates that passed while nobody looked, as each trigger's policy says. With another node about, somebody looked.</summary>
    public async Task SyncAllAsync(CancellationToken cancellation)
    {
        var alone = !await neighbours.AnyAsync(node.Owner, cancellation);
        var rows = (await AllAsync(new TriggerQuery(), cancellation)).GroupBy(row => row.Key.Flow).ToDictionary(group => group.Key, group => group.ToList());
        // A row without a flow is removed: flows are read after the rows, since another process may be saving one.
        await flows.RefreshAsync(cancellation);
        foreach (var flow in index.Flows)
        {
            rows.Remove(flow.Key, out var known);
            await SyncAsync(flow, known ?? [], starting: alone, cancellation);
        }
        foreach (var row in rows.Values.SelectMany(left => left)) await store.DeleteAsync(row.Key, cancellation);
    }

    /// <summary>After a flow was saved or removed.</summary>
    public async Task SyncAsync(FlowId key, CancellationToken cancellation)
    {
        var rows = (await AllAsync(new TriggerQuery(key.Namespace, key.Id), cancellation)).Where(row => row.Key.Flow == key).ToList();
        if (index.Find(key) is null) await flows.RefreshAsync(cancellation);
        if (index.Find(key) is { } flow) await SyncAsync(flow, rows, starting: false, cancellation);
        else
            foreach (var row in rows) await store.DeleteAsync(row.Key, cancellation);
    }

    private async Task SyncAsync(Flow flow, List<TriggerState> rows, bool starting, CancellationToken cancellation)
    {
        var gone = rows.ToDictionary(row => row.Key.TriggerId);
        foreach (var trigger in flow.Triggers)
        {
            if (!TriggerPlan.HasRow(trigger)) continue;
            gone.Remove(trigger.Id, out var row);
            await SyncAsync(flow, trigger, row, starting, cancellation);
        }
        foreach (var row in gone.Values) await store.DeleteAsync(row.Key, cancellation);
    }

    private async Task SyncAsync(Flow flow, TriggerDefinition trigger, TriggerState? row, bool starting, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var isOn = !flow.Disabled && !trigger.Disabled;
        if (row is null)
        {
            var fresh = new TriggerState
            {
                Key = new TriggerKey(flow.Namespace, flow.Id, trigger.Id),
                Type = trigger.Type,
                FlowRevision = flow.Revision,
                StopAfter = trigger.StopAfter,
                UpdatedDate = now,
                NextExecutionDate = isOn ? plan.First(flow, trigger, now) : null,
            };
            Fault.Point("trigger-before-row");
            await store.StoreAsync(fresh, 0, cancellation);
            return;
        }
        var next = row with
        {
            Type = trigger.Type,
            FlowRevision = flow.Revision,
            StopAfter = trigger.StopAfter,
            Memory = row.Type == trigger.Type ? row.Memory : null,
            NextExecutionDate = !isOn ? null : row.FlowRevision != flow.Revision || row.NextExecutionDate is null ? Planned(flow, trigger, row, now) : row.NextExecutionDate,
        };
        if (starting)
        {
            if (next.Backfill is null && next.NextExecutionDate <= now) next = next with { NextExecutionDate = plan.AfterOutage(flow, trigger, next.NextExecutionDate.Value, now) };
            if (next.WorkerId is not null) next = next with { EvaluateRunningDate = null, WorkerId = null };
        }
        if (next != row && await store.LoadAsync(row.Key, cancellation) is (_, var version)) await store.StoreAsync(next with { UpdatedDate = now }, version, cancellation);
    }

    /// <summary>A date that is due already stays due; a backfill goes on where it was; else the new definition decides.</summary>
    private DateTimeOffset? Planned(Flow flow, TriggerDefinition trigger, TriggerState row, DateTimeOffset now) =>
        row.NextExecutionDate <= now ? row.NextExecutionDate : plan.First(flow, trigger, now);

    private async Task<List<TriggerState>> AllAsync(TriggerQuery query, CancellationToken cancellation)
    {
        var all = new List<TriggerState>();
        for (var page = 1; ; page++)
        {
            var found = await store.SearchAsync(query, new PageRequest(page, PageSize), cancellation);
            all.AddRange(found.Results);
            if (found.Results.Count < PageSize) return all;
        }
    }
}
