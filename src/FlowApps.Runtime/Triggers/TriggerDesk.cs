using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Engine.Triggers;
using FlowApps.Runtime.Flows;

namespace FlowApps.Runtime.Triggers;

/// <summary>What people do to triggers: each wish moves the trigger's row, which the scheduler then reads.</summary>
internal sealed class TriggerDesk(ITriggerStore store, FlowRegistry flows, TriggerPlan plan, TriggerRows rows, TriggerLocks locks, TimeProvider clock) : ITriggers
{
    private const int MaxRaces = 20;

    public Task<TriggerState> SetDisabledAsync(TriggerKey key, bool disabled, CancellationToken cancellation) => ChangeAsync(key, (flow, trigger, state) =>
        state.Disabled == disabled ? state : state with { Disabled = disabled, NextExecutionDate = disabled || flow.Disabled || trigger.Disabled ? state.NextExecutionDate : plan.Resumed(flow, trigger, state) }, cancellation);

    public Task<TriggerState> UnlockAsync(TriggerKey key, CancellationToken cancellation) =>
        ChangeAsync(key, (_, _, state) => state with { ExecutionId = null, EvaluateRunningDate = null, WorkerId = null }, cancellation);

    public Task<TriggerState> RestartAsync(TriggerKey key, CancellationToken cancellation) => ChangeAsync(key, (_, trigger, state) =>
        state with { EvaluateRunningDate = null, WorkerId = null, NextExecutionDate = trigger is PollingTrigger or RealtimeTrigger ? clock.GetUtcNow() : state.NextExecutionDate }, cancellation);

    public Task<TriggerState> StartBackfillAsync(TriggerKey key, Backfill backfill, CancellationToken cancellation) => ChangeAsync(key, (flow, trigger, state) =>
    {
        if (trigger is not IScheduled scheduled) throw RefusedException.Invalid("no_schedule", $"Only a schedule can be made up for; '{key.TriggerId}' is a {trigger.Type}.");
        var end = backfill.End ?? clock.GetUtcNow();
        if (end <= backfill.Start) throw RefusedException.Invalid("backfill_range", "The end of the time to make up for must be after its start.");
        var first = plan.Next(flow, trigger, scheduled, backfill.Start.AddTicks(-1));
        if (first is null || first > end) throw RefusedException.Invalid("backfill_empty", "The schedule has no date in that time.");
        var regular = state.Backfill is { Paused: false } running ? running.PreviousNextExecutionDate : state.NextExecutionDate;
        return state with
        {
            Backfill = backfill with { End = end, CurrentDate = first, PreviousNextExecutionDate = regular },
            NextExecutionDate = backfill.Paused ? regular : first,
        };
    }, cancellation);

    /// <summary>While a backfill rests the regular dates go on; it remembers where they are when it goes on itself.</summary>
    public Task<TriggerState> PauseBackfillAsync(TriggerKey key, bool paused, CancellationToken cancellation) => ChangeAsync(key, (_, _, state) => state.Backfill switch
    {
        null => throw RefusedException.Invalid("no_backfill", "No time is being made up for."),
        { } backfill when backfill.Paused == paused => state,
        { } backfill when paused => state with { Backfill = backfill with { Paused = true }, NextExecutionDate = backfill.PreviousNextExecutionDate },
        { } backfill => state with { Backfill = backfill with { Paused = false, PreviousNextExecutionDate = state.NextExecutionDate }, NextExecutionDate = backfill.CurrentDate },
    }, cancellation);

    public Task<TriggerState> EndBackfillAsync(TriggerKey key, CancellationToken cancellation) => ChangeAsync(key, (_, _, state) => state.Backfill switch
    {
        null => state,
        { Paused: true } => state with { Backfill = null },
        { } running => state with { Backfill = null, NextExecutionDate = running.PreviousNextExecutionDate },
    }, cancellation);

    /// <summary>Reads, changes and writes the row; makes it when the flow was saved just now.</summary>
    private async Task<TriggerState> ChangeAsync(TriggerKey key, Func<Flow, TriggerDefinition, TriggerState, TriggerState> change, CancellationToken cancellation)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var (flow, trigger) = await DefinitionAsync(key, cancellation);
            if (await store.LoadAsync(key, cancellation) is not var (state, version))
            {
                await rows.SyncAsync(key.Flow, cancellation);
                continue;
            }
            var changed = change(flow, trigger, state);
            if (changed == state) return state;
            changed = changed with { UpdatedDate = clock.GetUtcNow() };
            if (!await store.StoreAsync([(changed, version)], cancellation)) continue;
            locks.Announce(key);
            return changed;
        }
        throw RefusedException.Conflict("lost_race", "Others kept changing this trigger. Try again.");
    }

    private async Task<(Flow Flow, TriggerDefinition Trigger)> DefinitionAsync(TriggerKey key, CancellationToken cancellation) =>
        await flows.FindAsync(key.Flow, null, cancellation) is { } flow && flow.Triggers.FirstOrDefault(candidate => candidate.Id == key.TriggerId) is { } trigger
            ? (flow, trigger) : throw RefusedException.NotFound($"The flow {key.Flow} has no trigger '{key.TriggerId}'.");
}
