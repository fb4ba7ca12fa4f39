using FlowApps.Domain.Executions;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>Restart, and marking a task run with another state (kestra-semantics 11). Both leave the execution RESTARTED; it runs on with the next <see cref="Advance"/>.</summary>
internal static class Restarts
{
    public static Decision? Restart(Turn turn, Restart command)
    {
        var state = turn.ExecutionState;
        if (!state.IsTerminal && state != State.Paused) return turn.Refused("not_terminated", $"Only an execution that has ended can be restarted; this one is {state.Word}.");
        if (Reset(turn, command.By) == 0)
        {
            if (!ChildReports.HasParent(turn) || command.By is not null) return turn.Refused("nothing_to_restart", "No task found to restart execution from!");
            ChildReports.ToParent(turn, state);
            return null;
        }
        Resume(turn, command.By);
        return null;
    }

    public static Decision? Mark(Turn turn, ChangeTaskRunState command)
    {
        if (turn.State.TaskRuns.Find(command.TaskRunId) is not { } run) return turn.Refused("not_found", "No task found");
        if (run.State.Current == State.Paused && turn.Map.Find(run.TaskId)?.Task is WaitingTask && !command.State.IsFailed)
            return Waits.Answer(turn, new Resume(run.Id, Domain.Values.Data.Map(), "approved", command.By, null));
        if (!turn.ExecutionState.IsTerminal && turn.ExecutionState is not (State.Paused or State.Restarted))
            return turn.Refused("not_terminated", $"A task run can be changed when the execution has ended; this one is {turn.ExecutionState.Word}.");
        if (run.State.Current == command.State) return null;
        RemoveSides(turn, run);
        turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, command.State, By: command.By) { Attempt = true });
        foreach (var ancestor in turn.State.TaskRuns.WithAncestors(run).Skip(1).ToList()) turn.Emit(new TaskRunStateChanged(turn.Now, ancestor.Id, State.Running));
        turn.Forget();
        Resume(turn, command.By);
        return null;
    }

    /// <summary>FAILED and PAUSED runs begin again, the ones around them run again; returns how many begin again.</summary>
    public static int Reset(Turn turn, string? by)
    {
        var again = turn.State.TaskRuns.Where(run => run.State.Current is State.Failed or State.Paused && IsMain(turn, run)).ToList();
        var around = new HashSet<string>(again.SelectMany(run => turn.State.TaskRuns.WithAncestors(run).Skip(1)).Select(run => run.Id));
        foreach (var run in again) RemoveSides(turn, run);
        foreach (var id in around.ToList()) if (turn.State.TaskRuns.Find(id) is { } run) RemoveSides(turn, run);
        foreach (var run in turn.State.TaskRuns.ToList())
        {
            if (around.Contains(run.Id) && !BeginsWhole(turn, run)) turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, State.Running, By: by));
            else if (turn.State.TaskRuns.Find(run.Id) is not null && (around.Contains(run.Id) || again.Any(r => r.Id == run.Id)))
            {
                turn.Emit(new TaskRunsRemoved(turn.Now, [.. turn.State.TaskRuns.DescendantsOf(run.Id).Select(r => r.Id)]));
                turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, State.Restarted, By: by));
            }
        }
        turn.Forget();
        return again.Count;
    }

    private static void Resume(Turn turn, string? by)
    {
        turn.Emit(new ExecutionStateChanged(turn.Now, State.Restarted, by));
        turn.Do(new SendCommand(turn.State.Id, new Advance()));
    }

    /// <summary>A shared directory is gone after a failure, so its tasks all run again.</summary>
    private static bool BeginsWhole(Turn turn, TaskRun run) => turn.Map.Find(run.TaskId)?.Task is WorkingDirectory;

    /// <summary>In a main branch, at every level.</summary>
    private static bool IsMain(Turn turn, TaskRun run) => turn.Map.Find(run.TaskId)?.WithAncestors().All(node => node.Section == Section.Tasks) == true;

    /// <summary>What ran because of the end of the lists that this run stands in: errors, finally, afterExecution, listeners.</summary>
    private static void RemoveSides(Turn turn, TaskRun run)
    {
        foreach (var level in turn.State.TaskRuns.WithAncestors(run).ToList())
        {
            var siblings = turn.State.TaskRuns.ChildrenOf(level.ParentId).Where(r => turn.Map.Find(r.TaskId) is { Section: not (Section.Tasks or Section.Aside) }).ToList();
            var gone = siblings.SelectMany(r => turn.State.TaskRuns.DescendantsOf(r.Id).Append(r)).Select(r => r.Id).ToList();
            if (gone.Count > 0) turn.Emit(new TaskRunsRemoved(turn.Now, gone));
        }
    }
}
