using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;

namespace FlowApps.Engine.Executions;

/// <summary>The answer to the question for a concurrency slot, and people who do not want to wait for one (kestra-semantics 9.2, 11).</summary>
internal static class Slots
{
    public static Decision? Grant(Turn turn, GrantSlot command)
    {
        switch (turn.ExecutionState)
        {
            case State.Created or State.Queued when command.State is { } wanted and not State.Running:
                turn.Emit(new ExecutionStateChanged(turn.Now, wanted));
                if (wanted.IsTerminal) turn.JustEnded = true;
                break;
            case State.Created or State.Queued: Starting.Run(turn); break;
            case var state when state.IsTerminal: return turn.Refused("already_terminated", $"The execution has already ended ({state.Word}).");
        }
        return null;
    }

    public static void Refuse(Turn turn, ConcurrencyBehavior behavior)
    {
        if (turn.ExecutionState != State.Created) return;
        switch (behavior)
        {
            case ConcurrencyBehavior.Queue: turn.Emit(new ExecutionStateChanged(turn.Now, State.Queued)); break;
            case ConcurrencyBehavior.Cancel: turn.Emit(new ExecutionStateChanged(turn.Now, State.Cancelled, Error: Reason(turn))); break;
            case ConcurrencyBehavior.Fail: turn.Emit(new ExecutionStateChanged(turn.Now, State.Failed, Error: Reason(turn))); break;
        }
    }

    public static Decision? ForceRun(Turn turn)
    {
        if (turn.ExecutionState.IsTerminal) return turn.Refused("already_terminated", $"The execution has already ended ({turn.ExecutionState.Word}).");
        if (turn.State.Held) turn.Emit(new ExecutionStateChanged(turn.Now, State.Restarted));
        if (turn.ExecutionState != State.Killing) Starting.Run(turn);
        return null;
    }

    private static string Reason(Turn turn) => $"The flow allows {turn.Flow.Concurrency?.Limit} executions at a time, and they were all running.";
}
