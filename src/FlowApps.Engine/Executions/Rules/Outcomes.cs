using FlowApps.Domain.Executions;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Flows;

namespace FlowApps.Engine.Executions;

/// <summary>How an attempt ended, as reported or found out.</summary>
internal sealed record AttemptReport(State Outcome, IReadOnlyDictionary<string, object?>? Outputs = null, string? Error = null, string? WorkerId = null, string? LogFile = null, DateTimeOffset? StartedAt = null, DateTimeOffset? EndedAt = null);

/// <summary>From the outcome of an attempt to the state of its task run (kestra-semantics 3.1, 3.3).</summary>
internal static class Outcomes
{
    public static void EndAttempt(Turn turn, TaskNode node, TaskRun run, AttemptReport report)
    {
        var at = report.EndedAt is { } ended && ended < turn.Now ? ended : turn.Now;
        var attempts = run.Attempts.Count + (HasOpenAttempt(run) ? 0 : 1);
        if (report.Outcome == State.Failed && Retries.Next(turn, node, run, attempts, report.StartedAt ?? at, at) is { } retry)
        {
            var state = retry.NewExecution ? State.Retried : State.Retrying;
            turn.Emit(Ended(run, report, at, state, retry.At));
            Retries.Plan(turn, run, attempts, retry);
            return;
        }
        turn.Emit(Ended(run, report, at, Soften(node.Task, Warned(node.Task, report.Outcome, attempts)), null));
    }

    /// <summary>The run fails without an attempt of its own having failed: nothing could be rendered, no case matched.</summary>
    public static void Fail(Turn turn, string taskRunId, string error, IReadOnlyDictionary<string, object?>? outputs = null)
    {
        var run = turn.State.TaskRuns[taskRunId];
        turn.Log(run.Id, LogLevel.Error, error);
        var state = turn.Map.Find(run.TaskId) is { } node ? Soften(node.Task, State.Failed) : State.Failed;
        if (HasOpenAttempt(run)) turn.Emit(Ended(run, new AttemptReport(State.Failed, outputs, error), turn.Now, state, null));
        else turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, state, outputs, Error: error));
    }

    /// <summary>allowFailure, then allowWarning. KILLED is never softened.</summary>
    public static State Soften(TaskDefinition task, State state)
    {
        if (state == State.Failed && task.AllowFailure) state = State.Warning;
        return state == State.Warning && task.AllowWarning ? State.Success : state;
    }

    public static bool HasOpenAttempt(TaskRun run) => run.Attempts is [.., var last] && !last.State.Current.IsTerminal;

    private static State Warned(TaskDefinition task, State outcome, int attempts) =>
        outcome == State.Success && task.Retry is { WarningOnRetry: true } && attempts > 2 ? State.Warning : outcome;

    private static AttemptEnded Ended(TaskRun run, AttemptReport report, DateTimeOffset at, State state, DateTimeOffset? wakeAt) =>
        new(at, run.Id, state, report.Outcome, report.Outputs, report.Error, report.WorkerId, report.LogFile, HasOpenAttempt(run) ? null : report.StartedAt ?? at, wakeAt);
}
