using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>Answers to paused runs: by a person, by a task, by time (kestra-semantics 5.4).</summary>
internal static class Waits
{
    /// <summary>
    /// The answer of programs and developers, where one is enough. A question that names people is decided by them alone, and in one of its own ways.
    /// </summary>
    public static Decision? Answer(Turn turn, Resume command)
    {
        var run = command.TaskRunId is { } id ? turn.State.TaskRuns.Find(id) : FirstPaused(turn);
        if (command.TaskRunId is not null && run is null) return turn.Refused("not_found", "This execution has no such task run.");
        if (run is not null && (run.State.Current != State.Paused || turn.Map.Find(run.TaskId)?.Task is not WaitingTask)) return Late(turn, run);
        if (run is null && !turn.State.Held) return NotPaused(turn);
        if (run?.Wait is { Policy.Informal: false } wait) return Questions.Accept(turn, new Decide(run.Id, Ballot(turn, wait, command)));
        var state = turn.ExecutionState;
        if (state.IsTerminal || state == State.Killing) return NotPaused(turn);
        if (run is not null && string.Equals(command.Outcome, ApprovalOutcome.Rejected, StringComparison.OrdinalIgnoreCase))
        {
            Note(turn, run, Closing.OfPause(turn, run, command, State.Cancelled), State.Cancelled);
            Ending.Now(turn, State.Cancelled, command.By);
            return null;
        }
        if (state == State.Paused) turn.Emit(new ExecutionStateChanged(turn.Now, State.Restarted, command.By));
        if (run is not null) Note(turn, run, Closing.OfPause(turn, run, command, State.Running), State.Running);
        if (state != State.Paused) turn.Plan(new Look(run!.Id));
        else Starting.Run(turn);
        return null;
    }

    /// <summary>Nobody answered in time.</summary>
    public static void Over(Turn turn, TaskRun run, PauseBehavior behavior)
    {
        turn.Do(new CloseWait(new WaitDecision(turn.State.Id, run.Id, "timed out", null, turn.Now)));
        Resting.Wake(turn);
        switch (behavior)
        {
            case PauseBehavior.Resume:
                turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, State.Running));
                turn.Plan(new Look(run.Id));
                break;
            case PauseBehavior.Warn:
                turn.Emit(new TaskRunEntered(turn.Now, run.Id, Plan: Data.Map((WaitingTask.TimedOut, true))));
                turn.Plan(new Look(run.Id));
                break;
            case PauseBehavior.Fail: Outcomes.Fail(turn, run.Id, "Nobody answered in time."); break;
            case PauseBehavior.Cancel:
                turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, State.Cancelled));
                Ending.Now(turn, State.Cancelled, error: "Nobody answered in time.");
                break;
        }
    }

    private static TaskRun? FirstPaused(Turn turn) =>
        Advancing.Open(turn, null).FirstOrDefault(run => run.State.Current == State.Paused && turn.Map.Find(run.TaskId)?.Task is WaitingTask);

    /// <summary>Writes an end of a question down. <paramref name="state"/>: of the run; null: said elsewhere.</summary>
    public static void Note(Turn turn, TaskRun run, Closing closing, State? state)
    {
        turn.Emit(new WaitAnswered(turn.Now, run.Id, closing.Outcome, closing.By, closing.Comment));
        if (state is { } next) turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, next, closing.Outputs, By: closing.By));
        turn.Do(new CloseWait(new WaitDecision(turn.State.Id, run.Id, closing.Outcome, closing.By, turn.Now, closing.Comment, closing.Inputs)));
    }

    private static Ballot Ballot(Turn turn, Wait wait, Resume command) => new()
    {
        Id = turn.NewId(),
        Outcome = wait.Policy.Outcome(command.Outcome)?.Id ?? command.Outcome,
        By = command.By,
        Groups = command.Groups,
        Comment = command.Comment,
        Inputs = command.Inputs,
    };

    public static Decision Late(Turn turn, TaskRun run) => run.Outputs?.GetValueOrDefault(Closing.Resumed) is IReadOnlyDictionary<string, object?> answer
        ? turn.Refused("already_decided", $"This was already decided by {answer.GetValueOrDefault("by") ?? "the system"} at {answer.GetValueOrDefault("on")}.")
        : turn.Refused("not_paused", $"This no longer waits for an answer: it is {run.State.Current.Word}.");

    public static Decision NotPaused(Turn turn) => turn.Refused("not_paused", $"Only a paused execution can be resumed; this one is {turn.ExecutionState.Word}.");
}
