using FlowApps.Domain.Executions;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>The execution itself: main tasks, then errors, finally, the end, and what runs after the end.</summary>
internal static class TopLevel
{
    public static void Look(Turn turn, Look look)
    {
        var state = turn.ExecutionState;
        if (state.IsTerminal) AfterEnd(turn);
        else if (state == State.Killing)
        {
            if (turn.State.TaskRuns.OpenCount == 0) Ending.Close(turn, State.Killed);
        }
        else if (!turn.State.Held && state is State.Running or State.Paused or State.Retrying or State.Breakpoint) Continue(turn, look);
    }

    private static void Continue(Turn turn, Look look)
    {
        var view = new FlowableView(turn, null, null, look.Ended is null ? null : [look.Ended]);
        if (view.Failed + view.Killed > 0)
        {
            if (!Advancing.IsListOver(turn, turn.Map.Errors, null) || view.Open > 0) return;
        }
        else
        {
            switch (InOrder.Next(view, turn.Map.Tasks))
            {
                case StartTasks start:
                    foreach (var next in start.Runs) Advancing.Create(turn, next, null);
                    return;
                case AwaitTasks: return;
            }
        }
        if (!Advancing.IsListOver(turn, turn.Map.Finally, null)) return;
        if (turn.State.TaskRuns.FamilyOf(null).OpenCount == 0) Ending.Close(turn, view.Guess());
    }

    /// <summary>afterExecution, then each listener whose conditions hold; what happens there changes the end state no more (kestra-semantics 9.7).</summary>
    private static void AfterEnd(Turn turn)
    {
        if (!turn.JustEnded && !IsUnderWay(turn, turn.Map.AfterExecution) && !turn.Map.Listeners.Any(list => IsUnderWay(turn, list))) return;
        if (!Advancing.IsListOver(turn, turn.Map.AfterExecution, null)) return;
        for (var i = 0; i < turn.Map.Listeners.Count; i++)
        {
            var list = turn.Map.Listeners[i];
            if (IsUnderWay(turn, list) || Listeners.Listens(turn, turn.Flow.Listeners[i]))
                Advancing.IsListOver(turn, list, null);
        }
    }

    private static bool IsUnderWay(Turn turn, IReadOnlyList<TaskNode> list) => list.Count > 0 && turn.State.TaskRuns.Find(null, list[0].Id) is not null;
}
