using System.Globalization;
using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>Answers to paused runs: by a person, by a task, by time (kestra-semantics 5.4).</summary>
internal static class Waits
{
    public const string Rejected = "rejected";
    public const string Resumed = "resumed";

    public static Decision? Answer(Turn turn, Resume command)
    {
        var run = command.TaskRunId is { } id ? turn.State.TaskRuns.Find(id) : FirstPaused(turn);
        if (command.TaskRunId is not null && run is null) return turn.Refused("not_found", "This execution has no such task run.");
        if (run is not null && (run.State.Current != State.Paused || turn.Map.Find(run.TaskId)?.Task is not WaitingTask)) return Late(turn, run);
        if (run is null && !turn.State.Held) return NotPaused(turn);
        var state = turn.ExecutionState;
        if (state.IsTerminal || state == State.Killing) return NotPaused(turn);
        if (run is not null && string.Equals(command.Outcome, Rejected, StringComparison.OrdinalIgnoreCase))
        {
            Note(turn, run, command, State.Cancelled);
            Ending.Now(turn, State.Cancelled, command.By);
            return null;
        }
        if (state == State.Paused) turn.Emit(new ExecutionStateChanged(turn.Now, State.Restarted, command.By));
        if (run is not null) Note(turn, run, command, State.Running);
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

    private static void Note(Turn turn, TaskRun run, Resume command, State state)
    {
        var outputs = Data.Map();
        foreach (var (key, value) in run.Outputs ?? Data.Map()) outputs[key] = value;
        outputs["onResume"] = command.Inputs;
        outputs[Resumed] = Data.Map(("by", command.By), ("on", turn.Now.ToString("O", CultureInfo.InvariantCulture)), ("to", state.Word));
        if (command.Comment is not null) outputs["comment"] = command.Comment;
        outputs["outcome"] = command.Outcome;
        turn.Emit(new WaitAnswered(turn.Now, run.Id, command.Outcome, command.By, command.Comment));
        turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, state, outputs, By: command.By));
        turn.Do(new CloseWait(new WaitDecision(turn.State.Id, run.Id, command.Outcome, command.By, turn.Now, command.Comment, command.Inputs)));
    }

    private static Decision Late(Turn turn, TaskRun run) => run.Outputs?.GetValueOrDefault(Resumed) is IReadOnlyDictionary<string, object?> answer
        ? turn.Refused("already_decided", $"This was already decided by {answer.GetValueOrDefault("by") ?? "the system"} at {answer.GetValueOrDefault("on")}.")
        : turn.Refused("not_paused", $"This no longer waits for an answer: it is {run.State.Current.Word}.");

    private static Decision NotPaused(Turn turn) => turn.Refused("not_paused", $"Only a paused execution can be resumed; this one is {turn.ExecutionState.Word}.");
}
