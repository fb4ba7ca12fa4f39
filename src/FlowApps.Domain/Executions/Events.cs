using System.Text.Json.Serialization;
using FlowApps.Domain.Approvals;
using FlowApps.Domain.Flows;

namespace FlowApps.Domain.Executions;

[JsonDerivedType(typeof(ExecutionCreated), "execution_created")]
[JsonDerivedType(typeof(ExecutionStateChanged), "state_changed")]
[JsonDerivedType(typeof(LabelsChanged), "labels_changed")]
[JsonDerivedType(typeof(VariablesChanged), "variables_changed")]
[JsonDerivedType(typeof(OutputsSet), "outputs_set")]
[JsonDerivedType(typeof(AnswersRecorded), "answers_recorded")]
[JsonDerivedType(typeof(BreakpointsChanged), "breakpoints_changed")]
[JsonDerivedType(typeof(TaskRunCreated), "task_created")]
[JsonDerivedType(typeof(TaskRunEntered), "task_entered")]
[JsonDerivedType(typeof(TaskRunStateChanged), "task_state_changed")]
[JsonDerivedType(typeof(AttemptStarted), "attempt_started")]
[JsonDerivedType(typeof(AttemptEnded), "attempt_ended")]
[JsonDerivedType(typeof(ChildExecutionStarted), "child_started")]
[JsonDerivedType(typeof(ChildExecutionChanged), "child_changed")]
[JsonDerivedType(typeof(WaitAnswered), "wait_answered")]
[JsonDerivedType(typeof(TaskRunsRemoved), "tasks_removed")]
[JsonDerivedType(typeof(WaitOpened), "wait_opened")]
[JsonDerivedType(typeof(BallotHeld), "ballot_held")]
[JsonDerivedType(typeof(BallotWithdrawn), "ballot_withdrawn")]
[JsonDerivedType(typeof(VoteCast), "vote_cast")]
[JsonDerivedType(typeof(ChangesAsked), "changes_asked")]
[JsonDerivedType(typeof(AnswersEdited), "answers_edited")]
[JsonDerivedType(typeof(WaitClaimed), "wait_claimed")]
[JsonDerivedType(typeof(WaitReleased), "wait_released")]
[JsonDerivedType(typeof(WaitReassigned), "wait_reassigned")]
[JsonDerivedType(typeof(ApprovalReminded), "approval_reminded")]
[JsonDerivedType(typeof(ApprovalEscalated), "approval_escalated")]
public abstract partial record ExecutionEvent;

/// <summary>The execution as it begins: without task runs, or with those a replay keeps.</summary>
public sealed record ExecutionCreated(DateTimeOffset At, Execution Execution) : ExecutionEvent(At);

/// <summary><c>Held</c>: a person paused it, so nothing new starts until it is resumed. <c>Error</c>: why, when no task was the cause.</summary>
public sealed record ExecutionStateChanged(DateTimeOffset At, State State, string? By = null, string? Error = null, bool Held = false) : ExecutionEvent(At);

/// <summary>All labels after the change.</summary>
public sealed record LabelsChanged(DateTimeOffset At, IReadOnlyList<Label> Labels, string? By = null) : ExecutionEvent(At);

public sealed record VariablesChanged(DateTimeOffset At, IReadOnlyDictionary<string, object?> Vars, IReadOnlyList<string> Changed) : ExecutionEvent(At);

/// <summary>The rendered outputs of the flow.</summary>
public sealed record OutputsSet(DateTimeOffset At, IReadOnlyDictionary<string, object?> Outputs) : ExecutionEvent(At);

/// <summary>What a worker found outside, by expression; null run = for the execution itself.</summary>
public sealed record AnswersRecorded(DateTimeOffset At, string? TaskRunId, IReadOnlyDictionary<string, object?> Answers) : ExecutionEvent(At);

public sealed record BreakpointsChanged(DateTimeOffset At, IReadOnlyList<string> Breakpoints, string? By = null) : ExecutionEvent(At);

/// <summary><c>State</c>: created, or skipped right away.</summary>
public sealed record TaskRunCreated(DateTimeOffset At, string TaskRunId, string TaskId, string? ParentId = null, string? Value = null, int? Iteration = null, State State = State.Created) : ExecutionEvent(At);

/// <summary>A flowable began: RUNNING, with its first outputs and what it decided on entering (see <see cref="TaskRun.Plan"/>).</summary>
public sealed record TaskRunEntered(DateTimeOffset At, string TaskRunId, IReadOnlyDictionary<string, object?>? Outputs = null, IReadOnlyDictionary<string, object?>? Plan = null) : ExecutionEvent(At);

/// <summary><c>Outputs</c> null = unchanged. <c>WakeAt</c>: when a paused run goes on by itself or is due.</summary>
public sealed record TaskRunStateChanged(DateTimeOffset At, string TaskRunId, State State, IReadOnlyDictionary<string, object?>? Outputs = null, DateTimeOffset? WakeAt = null, string? By = null, string? Error = null) : ExecutionEvent(At)
{
    /// <summary>The state of the last attempt changes too (a person marked the run).</summary>
    public bool Attempt { get; init; }
}

public sealed record AttemptStarted(DateTimeOffset At, string TaskRunId, string? WorkerId = null) : ExecutionEvent(At);

/// <summary>
/// An attempt ended with <c>Outcome</c>, and the task run is now <c>State</c> (RETRYING with <c>WakeAt</c>, WARNING by allowFailure …).
/// <c>StartedAt</c>: the attempt was not reported as started before.
/// </summary>
public sealed record AttemptEnded(DateTimeOffset At, string TaskRunId, State State, State Outcome, IReadOnlyDictionary<string, object?>? Outputs = null, string? Error = null, string? WorkerId = null, string? LogFile = null, DateTimeOffset? StartedAt = null, DateTimeOffset? WakeAt = null) : ExecutionEvent(At);

public sealed record ChildExecutionStarted(DateTimeOffset At, string TaskRunId, string ChildId, int? Index = null, IReadOnlyDictionary<string, object?>? Outputs = null) : ExecutionEvent(At);

public sealed record ChildExecutionChanged(DateTimeOffset At, string TaskRunId, int Index, State State, IReadOnlyDictionary<string, object?>? Outputs = null) : ExecutionEvent(At);

/// <summary>A person (or task) answered a paused run.</summary>
public sealed record WaitAnswered(DateTimeOffset At, string TaskRunId, string Outcome, string? By, string? Comment = null) : ExecutionEvent(At);

public sealed record TaskRunsRemoved(DateTimeOffset At, IReadOnlyList<string> TaskRunIds) : ExecutionEvent(At);
