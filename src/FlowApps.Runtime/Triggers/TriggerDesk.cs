using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Engine.Triggers;

namespace FlowApps.Runtime.Triggers;

/// <summary>What people do to triggers: each wish moves the trigger's row, which the scheduler then reads.</summary>
internal sealed class TriggerDesk(ITriggerStore store, TriggerIndex index, TriggerPlan plan, TriggerRows rows, TriggerLocks locks, TimeProvider clock) : ITriggers
{
    private const int MaxRaces = 20;

    public Task<TriggerState> SetDisabledAsync(TriggerKey key, bool disabled, CancellationToken cancellation) =>
        ChangeAsync(key, state => state.Disabled == disabled ? state : state with { Disabled = disabled, NextExecutionDate = disabled ? state.NextExecutionDate : Next(state) }, cancellation);

    public Task<TriggerState> UnlockAsync(TriggerKey key, CancellationToken cancellation) =>
        ChangeAsync(key, state => state with { ExecutionId = null, EvaluateRunningDate = null, WorkerId = null }, cancellation);

    public Task<TriggerState> RestartAsync(TriggerKey key, CancellationToken cancellation) =>
        ChangeAsync(key, state => state with { EvaluateRunningDate = null, WorkerId = null, NextExecutionDate = clock.GetUtcNow() }, cancellation);

    public Task<TriggerState> StartBackfillAsync(TriggerKey key, Backfill backfill, CancellationToken cancellation) => ChangeAsync(key, state =>
    {
        var (flow, trigger) = Definition(key);
        if (trigger is not IScheduled scheduled) throw RefusedException.Invalid("no_schedule", $"Only a schedule can be made up for; '{key.TriggerId}' is a {trigger.Type}.");
        var end = backfill.End ?? clock.GetUtcNow();
        if (end <= backfill.Start) throw RefusedException.Invalid("backfill_range", "The end of the time to make up for must be after its start.");
        var first = plan.Next(flow, trigger, scheduled, backfill.Start.AddTicks(-1));
        if (first is null || first > end) throw RefusedException.Invalid("backfill_empty", "The schedule has no date in that time.");
        return state with
        {
            Backfill = backfill with { End = end, CurrentDate = first, PreviousNextExecutionDate = state.Backfill?.PreviousNextExecutionDate ?? state.NextExecutionDate },
            NextExecutionDate = backfill.Paused ? state.NextExecutionDate : first,
        };
    }, cancellation);

    public Task<TriggerState> PauseBackfillAsync(TriggerKey key, bool paused, CancellationToken cancellation) => ChangeAsync(key, state => state.Backfill is not { } backfill
        ? throw RefusedException.Invalid("no_backfill", "No time is being made up for.")
        : state with { Backfill = backfill with { Paused = paused }, NextExecutionDate = paused ? backfill.PreviousNextExecutionDate : backfill.CurrentDate }, cancellation);

    public Task<TriggerState> EndBackfillAsync(TriggerKey key, CancellationToken cancellation) => ChangeAsync(key, state => state.Backfill is not { } backfill
        ? state
        : state with { Backfill = null, NextExecutionDate = backfill.PreviousNextExecutionDate is { } before && before > clock.GetUtcNow() ? before : Next(state) }, cancellation);

    /// <summary>Reads, changes and writes the row; makes it when a trigger has none yet.</summary>
    private async Task<TriggerState> ChangeAsync(TriggerKey key, Func<TriggerState, TriggerState> change, CancellationToken cancellation)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var stored = await store.LoadAsync(key, cancellation);
            if (stored is null)
            {
                var (flow, trigger) = Definition(key);
                if (TriggerPlan.HasRow(trigger)) await rows.SyncAsync(flow.Key, cancellation);
                stored = await store.LoadAsync(key, cancellation);
            }
            var (state, version) = stored ?? (Blank(key), 0);
            var changed = change(state);
            if (changed == state && version > 0) return state;
            changed = changed with { UpdatedDate = clock.GetUtcNow() };
            if (!await store.StoreAsync(changed, version, cancellation)) continue;
            locks.Announce();
            return changed;
        }
        throw RefusedException.Conflict("lost_race", "Others kept changing this trigger. Try again.");
    }

    private DateTimeOffset? Next(TriggerState state)
    {
        var (flow, trigger) = Definition(state.Key);
        return plan.First(flow, trigger, clock.GetUtcNow());
    }

    /// <summary>A trigger without due times (webhook, flow) still can be switched off.</summary>
    private TriggerState Blank(TriggerKey key)
    {
        var (flow, trigger) = Definition(key);
        return new TriggerState { Key = key, Type = trigger.Type, FlowRevision = flow.Revision, StopAfter = trigger.StopAfter };
    }

    private (Domain.Flows.Flow Flow, TriggerDefinition Trigger) Definition(TriggerKey key) =>
        index.Find(key.Flow) is { } flow && flow.Triggers.FirstOrDefault(candidate => candidate.Id == key.TriggerId) is { } trigger
            ? (flow, trigger) : throw RefusedException.NotFound($"The flow {key.Flow} has no trigger '{key.TriggerId}'.");
}
