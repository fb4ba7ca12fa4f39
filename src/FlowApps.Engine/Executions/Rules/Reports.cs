using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>What workers report: an attempt taken, ended or lost, a directory ready, an answer from outside. Late and repeated reports change nothing.</summary>
internal static class Reports
{
    public static void Started(Turn turn, TaskStarted command)
    {
        if (turn.State.TaskRuns.Find(command.TaskRunId) is not { } run || !run.State.Current.IsCreated || run.Attempts.Count + 1 != command.Attempt) return;
        if (turn.ExecutionState == State.Killing || turn.Map.Find(run.TaskId) is not { } node) return;
        turn.Emit(new AttemptStarted(command.At, run.Id, command.WorkerId));
        run = turn.State.TaskRuns[run.Id];
        Advancing.Guard(turn, run, () => Timeouts.Watch(turn, node.Task, run, command.At));
    }

    public static void Ended(Turn turn, TaskReported command)
    {
        if (turn.State.TaskRuns.Find(command.TaskRunId) is not { } run || turn.Map.Find(run.TaskId) is not { Task: RunnableTask } node) return;
        var open = Outcomes.HasOpenAttempt(run);
        if (run.State.Current is not (State.Running or State.Created or State.Restarted) || command.Attempt != run.Attempts.Count + (open ? 0 : 1)) return;
        var report = new AttemptReport(command.Outcome, command.Outputs, command.Error, command.WorkerId, command.LogFile, command.StartedAt, command.EndedAt);
        if (VarsChange.Refusal(turn, command.Variables) is { } why) report = report with { Outcome = State.Failed, Error = why };
        else Change(turn, command);
        Outcomes.EndAttempt(turn, node, run, report);
        if (command.Exit is { } exit && !turn.ExecutionState.IsTerminal) Exit(turn, run, exit);
    }

    public static void Lost(Turn turn, WorkerLost command)
    {
        if (turn.State.TaskRuns.Find(command.TaskRunId) is not { } run || run.State.Current.IsTerminal || turn.Map.Find(run.TaskId) is not { } node) return;
        if (command.Attempt != run.Attempts.Count + (Outcomes.HasOpenAttempt(run) ? 0 : 1)) return;
        if (turn.ExecutionState == State.Killing) Outcomes.EndAttempt(turn, node, run, new AttemptReport(State.Killed));
        else turn.Do(new RunTask(run.Id, command.Attempt));
    }

    public static void Directory(Turn turn, DirectoryReported command)
    {
        if (turn.State.TaskRuns.Find(command.TaskRunId) is not { } run || run.State.Current != State.Running) return;
        var at = run.Plan?.GetValueOrDefault(WorkingDirectory.Directory) as string;
        if (at == WorkingDirectory.Collected || at != (command.Collected ? WorkingDirectory.Collecting : "preparing")) return;
        if (command.Error is not null)
        {
            Outcomes.Fail(turn, run.Id, command.Error);
            return;
        }
        turn.Emit(new TaskRunEntered(turn.Now, run.Id, command.Outputs, Data.Map((WorkingDirectory.Directory, command.Collected ? WorkingDirectory.Collected : WorkingDirectory.Prepared))));
        turn.Plan(new Look(run.Id));
    }

    public static void Answered(Turn turn, OutsideAnswered command)
    {
        if (turn.ExecutionState.IsTerminal && command.TaskRunId is null) return;
        var run = command.TaskRunId is { } id ? turn.State.TaskRuns.Find(id) : null;
        if (command.TaskRunId is not null && (run is null || run.State.Current.IsTerminal)) return;
        if (command.Error is not null)
        {
            if (run is not null) Outcomes.Fail(turn, run.Id, command.Error);
            else Ending.Now(turn, State.Failed, error: command.Error);
            return;
        }
        turn.Emit(new AnswersRecorded(turn.Now, run?.Id, command.Answers));
        if (run is null) turn.Plan(new Look(null));
        else turn.Plan(run.State.Current.IsCreated ? new Begin(run.Id) : new Look(run.Id));
    }

    private static void Change(Turn turn, TaskReported command)
    {
        if (command.Labels is { } labels) turn.Emit(new LabelsChanged(turn.Now, Labels.Merge(turn.State.Labels, labels.Labels)));
        VarsChange.Apply(turn, command.Variables, command.Unset);
    }

    /// <summary>execution.Exit: its own run and the ones around it end well (or as the exit says), the rest is stopped.</summary>
    private static void Exit(Turn turn, TaskRun run, ExitExecution exit) =>
        Ending.Now(turn, exit.State, spared: [.. turn.State.TaskRuns.WithAncestors(run).Select(r => r.Id)], sparedState: exit.State is State.Cancelled ? State.Killed : exit.State);
}
