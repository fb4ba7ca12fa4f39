using FlowApps.Domain.Executions;

namespace FlowApps.Engine.Executions;

/// <summary>What an execution is in when nothing more can be said: RUNNING while any task run works, else RETRYING, BREAKPOINT or PAUSED as its waiting runs are.</summary>
internal static class Resting
{
    /// <summary>Something goes on by itself: an execution that waited is running again.</summary>
    public static void Wake(Turn turn)
    {
        if (!turn.State.Held && turn.ExecutionState is State.Paused or State.Retrying or State.Breakpoint)
            turn.Emit(new ExecutionStateChanged(turn.Now, State.Running));
    }

    public static void Settle(Turn turn)
    {
        if (turn.State.Held || turn.ExecutionState is not (State.Running or State.Paused or State.Retrying or State.Breakpoint)) return;
        var state = Waiting(turn);
        if (state != turn.ExecutionState) turn.Emit(new ExecutionStateChanged(turn.Now, state));
    }

    private static State Waiting(Turn turn)
    {
        var runs = turn.State.TaskRuns;
        if (runs.CountOf(State.Paused) + runs.CountOf(State.Retrying) + runs.CountOf(State.Breakpoint) == 0) return State.Running;
        var found = State.Paused;
        foreach (var leaf in Leaves(runs, null))
            switch (leaf.State.Current)
            {
                case State.Paused: break;
                case State.Retrying: found = State.Retrying; break;
                case State.Breakpoint when found == State.Paused: found = State.Breakpoint; break;
                case State.Breakpoint: break;
                default: return State.Running;
            }
        return found;
    }

    private static IEnumerable<TaskRun> Leaves(TaskRunList runs, string? parentId) =>
        runs.OpenChildrenOf(parentId).SelectMany(run => runs.FamilyOf(run.Id).OpenCount > 0 ? Leaves(runs, run.Id) : [run]);
}
