using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;

namespace FlowApps.Engine.Executions;

/// <summary>From CREATED, QUEUED or RESTARTED to RUNNING; a schedule date and a concurrency limit come first (kestra-semantics 4.3, 9.2).</summary>
internal static class Starting
{
    /// <summary>Starts if nothing has to come first, else asks for it; an execution that already runs is looked at anew.</summary>
    public static void TryRun(Turn turn)
    {
        switch (turn.ExecutionState)
        {
            case State.Created when turn.State.ScheduleDate is { } due && due > turn.Now:
                turn.Do(new SetTimer(due, new TimerRang("schedule", null, null)));
                break;
            case State.Created when LimitOf(turn.Flow, turn.State.Kind) is { } limit: turn.Do(new AskSlot(limit)); break;
            case State.Queued: break;
            default: Run(turn); break;
        }
    }

    /// <summary>Tests neither wait for a slot nor take one.</summary>
    public static Concurrency? LimitOf(Flow flow, ExecutionKind kind) => kind == ExecutionKind.Test ? null : flow.Concurrency;

    public static void Run(Turn turn)
    {
        if (turn.ExecutionState is State.Created or State.Queued or State.Restarted)
        {
            var first = turn.ExecutionState != State.Restarted;
            turn.Emit(new ExecutionStateChanged(turn.Now, State.Running));
            if (first) Slas.Watch(turn);
        }
        Advancing.LookAtAll(turn);
    }
}
