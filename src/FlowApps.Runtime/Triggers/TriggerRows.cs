using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Runtime.Flows;
using FlowApps.Runtime.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowApps.Runtime.Triggers;

/// <summary>
/// Keeps one row for each trigger of each flow. The row is what makes it fire; nothing in memory does. Written when a flow is saved; that none is missing is proved again and again
/// by comparing what each flow should have with what is there.
/// </summary>
internal sealed class TriggerRows(ITriggerStore store, FlowRegistry flows, TriggerPlan plan, INeighbours neighbours, NodeIdentity node, TimeProvider clock, ILogger<TriggerRows> logger)
{
    private const int PageSize = 1000;
    private const int MaxRaces = 20;
    private const int AtOnce = 8;

    /// <summary>
    /// At start: what dead processes held is let go, and dates that passed while nobody looked are treated as each trigger's policy says. With another node about, somebody looked.
    /// </summary>
    public async Task TakeUpAsync(CancellationToken cancellation)
    {
        if (await neighbours.AnyAsync(node.Owner, cancellation)) return;
        foreach (var row in await AllAsync(new TriggerQuery { Locked = true }, cancellation))
            if (row.WorkerId is not null) await ChangeAsync(row.Key, state => state with { EvaluateRunningDate = null, WorkerId = null }, cancellation);
        var now = clock.GetUtcNow();
        foreach (var row in await AllAsync(new TriggerQuery(Disabled: false) { DueBy = now }, cancellation))
            if (row.Backfill is null && await FindAsync(row.Key, cancellation) is var (flow, trigger) && plan.AfterOutage(flow, trigger, row.NextExecutionDate!.Value, now) is var next && next != row.NextExecutionDate)
                await ChangeAsync(row.Key, state => state.NextExecutionDate == row.NextExecutionDate ? state with { NextExecutionDate = next } : state, cancellation);
    }

    /// <summary>Plans the flows whose newest revision has no rows yet, as after an import or a save elsewhere.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation) => await PlanAsync(await store.UnplannedAsync(cancellation), cancellation);

    /// <summary>Plans every flow whose rows are not what its newest revision asks for, whoever changed them.</summary>
    public async Task ReconcileAsync(CancellationToken cancellation) => await PlanAsync(await store.AstrayAsync(cancellation), cancellation);

    /// <summary>Several at once; one that cannot be planned holds up no other.</summary>
    public Task PlanAsync(IEnumerable<FlowId> keys, CancellationToken cancellation) =>
        Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (key, stop) =>
        {
            try
            {
                await SyncAsync(key, stop);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "The triggers of the flow {Flow} could not be planned; they are at the next look.", key);
            }
        });

    /// <summary>After a flow was saved or removed.</summary>
    public async Task SyncAsync(FlowId key, CancellationToken cancellation)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var flow = await flows.FindAsync(key, null, cancellation);
            var rows = (await store.OfFlowAsync(key, cancellation)).ToDictionary(row => row.State.Key.TriggerId);
            if (rows.Values.Any(row => row.State.FlowRevision > (flow?.Revision ?? 0)))
            {
                // Another process knows a newer revision.
                await flows.RefreshAsync(cancellation);
                flow = await flows.FindAsync(key, null, cancellation);
            }
            var changes = new List<(TriggerState, long)>();
            foreach (var trigger in flow?.Triggers ?? [])
                if (!rows.Remove(trigger.Id, out var row)) changes.Add((New(flow!, trigger), 0));
                else if (row.State.FlowRevision != flow!.Revision) changes.Add((Revised(flow, trigger, row.State), row.Version));
            Fault.Point("trigger-before-rows");
            if (changes.Count > 0 && !await store.StoreAsync(changes, cancellation)) continue;
            foreach (var gone in rows.Keys) await store.DeleteAsync(new TriggerKey(key.Namespace, key.Id, gone), cancellation);
            if (flow is not null) await store.PlannedAsync(key, flow.Revision, flow.Triggers.Count, cancellation);
            return;
        }
        throw new InvalidOperationException($"Others kept changing the triggers of {key}.");
    }

    private TriggerState New(Flow flow, TriggerDefinition trigger)
    {
        var now = clock.GetUtcNow();
        return new TriggerState
        {
            Key = new TriggerKey(flow.Namespace, flow.Id, trigger.Id),
            Type = trigger.Type,
            FlowRevision = flow.Revision,
            StopAfter = trigger.StopAfter,
            UpdatedDate = now,
            NextExecutionDate = IsOn(flow, trigger) ? plan.First(flow, trigger, now) : null,
        };
    }

    /// <summary>The row after its flow was changed. A trigger of another type begins anew; who switched it off, and what holds it, stays.</summary>
    private TriggerState Revised(Flow flow, TriggerDefinition trigger, TriggerState row)
    {
        var same = row.Type == trigger.Type;
        var kept = row with { Memory = same ? row.Memory : null, Backfill = same ? row.Backfill : null };
        return kept with
        {
            Type = trigger.Type,
            FlowRevision = flow.Revision,
            StopAfter = trigger.StopAfter,
            UpdatedDate = clock.GetUtcNow(),
            NextExecutionDate = !IsOn(flow, trigger) ? null : same && row.NextExecutionDate <= clock.GetUtcNow() ? row.NextExecutionDate : plan.Resumed(flow, trigger, kept),
        };
    }

    private static bool IsOn(Flow flow, TriggerDefinition trigger) => !flow.Disabled && !trigger.Disabled;

    private async Task<(Flow, TriggerDefinition)?> FindAsync(TriggerKey key, CancellationToken cancellation) =>
        await flows.FindAsync(key.Flow, null, cancellation) is { } flow && flow.Triggers.FirstOrDefault(trigger => trigger.Id == key.TriggerId) is { } trigger ? (flow, trigger) : null;

    private async Task ChangeAsync(TriggerKey key, Func<TriggerState, TriggerState> change, CancellationToken cancellation)
    {
        for (var race = 0; race < MaxRaces; race++)
            if (await store.LoadAsync(key, cancellation) is not var (state, version) || await store.StoreAsync([(change(state), version)], cancellation)) return;
    }

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
