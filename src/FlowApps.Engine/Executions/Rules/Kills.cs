using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>Kill (kestra-semantics 4.8): what has not begun is killed at once, what runs is interrupted and reports.</summary>
internal static class Kills
{
    public static Decision? Kill(Turn turn, Kill command)
    {
        var state = turn.ExecutionState;
        if (state.IsTerminal) return turn.Refused("already_terminated", $"The execution has already ended ({state.Word}).");
        if (state != State.Killing) turn.Emit(new ExecutionStateChanged(turn.Now, State.Killing, command.By));
        foreach (var run in Advancing.Open(turn, null).ToList())
        {
            var family = turn.State.TaskRuns.FamilyOf(run.Id);
            if (IsAtWork(turn, run)) turn.Do(new CancelWork([run.Id]));
            else if (family.OpenCount == 0) Ending.Stop(turn, run, command.Cascade);
            else if (run.State.Current == State.Paused) turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, State.Running));
        }
        turn.Plan(new Look(null));
        return null;
    }

    /// <summary>A worker has it, and will report.</summary>
    private static bool IsAtWork(Turn turn, TaskRun run) =>
        run.State.Current == State.Running && Outcomes.HasOpenAttempt(run) && turn.Map.Find(run.TaskId)?.Task is RunnableTask and not ITimedTask;
}
