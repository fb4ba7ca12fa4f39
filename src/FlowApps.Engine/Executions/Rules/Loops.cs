using FlowApps.Domain.Executions;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>The rounds of LoopUntil: pause, remove what the last round left, begin again (kestra-semantics 5.2).</summary>
internal static class Loops
{
    public static void Repeat(Turn turn, TaskRun run, RepeatAfter repeat)
    {
        var due = turn.Now + repeat.Interval;
        turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, State.Paused, repeat.Outputs, due));
        turn.Do(new SetTimer(due, new TimerRang("loop", run.Id, null)));
    }

    public static void Ring(Turn turn, TaskRun run)
    {
        if (run.State.Current != State.Paused || run.WakeAt is not { } due || due > turn.Now) return;
        Resting.Wake(turn);
        turn.Emit(new TaskRunsRemoved(turn.Now, [.. turn.State.TaskRuns.DescendantsOf(run.Id).Select(child => child.Id)]));
        turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, State.Running));
        turn.Plan(new Look(run.Id));
    }
}
