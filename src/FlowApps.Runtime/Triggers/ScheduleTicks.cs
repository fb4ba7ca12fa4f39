using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Engine.Triggers;
using FlowApps.Expressions;
using FlowApps.Runtime.Executions;

namespace FlowApps.Runtime.Triggers;

/// <summary>Fires one date of a schedule: the execution and the row's next date are one commit, so no date is fired twice or lost (kestra-semantics 10.3).</summary>
internal sealed class ScheduleTicks(ITriggerStore store, TriggerPlan plan, TriggerStarts starts, ExecutionHandler handler, TimeProvider clock)
{
    /// <summary>False when somebody else moved the row first.</summary>
    public async Task<bool> FireAsync(Flow flow, TriggerDefinition trigger, IScheduled scheduled, TriggerState state, long version, CancellationToken cancellation)
    {
        var date = state.NextExecutionDate ?? throw new InvalidOperationException("A row without a date is not due.");
        var backfill = state.Backfill is { Paused: false } running && running.CurrentDate == date ? running : null;
        var moved = Moved(flow, trigger, scheduled, state, date, backfill);
        if (backfill is null && scheduled.LateMaximumDelay is { } late && clock.GetUtcNow() - date > late) return await store.StoreAsync([(moved, version)], cancellation);
        if (Start(flow, trigger, scheduled, date, backfill) is not { } start) return await store.StoreAsync([(moved, version)], cancellation);
        try
        {
            Fault.Point("tick-before-start");
            await handler.StartAsync(start, null, (turn, subject) => turn.Draft.Move(TriggerLocks.Started(moved with { Date = date }, trigger, subject), version), cancellation);
            return true;
        }
        catch (RefusedException e) when (e.Kind == RefusalKind.Conflict)
        {
            return false;
        }
    }

    private NewStart? Start(Flow flow, TriggerDefinition trigger, IScheduled scheduled, DateTimeOffset date, Backfill? backfill)
    {
        var found = new TriggerFinding(flow, trigger, Ids.New(clock), Data.Map(("date", scheduled.Text(date)))) { Inputs = backfill?.Inputs, Labels = backfill?.Labels ?? [] };
        try
        {
            var check = plan.Check(flow, trigger);
            if (!check(found.Variables)) return null;
            var variables = plan.DatesOf(flow, scheduled).VariablesAt(date, check);
            return starts.Of(found with { Variables = variables, Roots = Data.Map(("schedule", variables)) });
        }
        catch (Exception e) when (e is ExpressionException or FormatException)
        {
            return TriggerStarts.Failed(found, e.Message);
        }
    }

    private TriggerState Moved(Flow flow, TriggerDefinition trigger, IScheduled scheduled, TriggerState state, DateTimeOffset date, Backfill? backfill)
    {
        var now = clock.GetUtcNow();
        if (backfill is null) return state with { NextExecutionDate = plan.After(flow, trigger, scheduled, date), UpdatedDate = now };
        var next = plan.Next(flow, trigger, scheduled, date);
        if (next <= backfill.End) return state with { Backfill = backfill with { CurrentDate = next }, NextExecutionDate = next, UpdatedDate = now };
        // A regular date that came meanwhile is due at once.
        return state with { Backfill = null, NextExecutionDate = backfill.PreviousNextExecutionDate ?? plan.Next(flow, trigger, scheduled, now), UpdatedDate = now };
    }
}
