using System.Text.Json.Serialization;
using FlowApps.Domain.Approvals;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;

namespace FlowApps.Domain.Executions;

[JsonDerivedType(typeof(Advance), "advance")]
[JsonDerivedType(typeof(TaskStarted), "task_started")]
[JsonDerivedType(typeof(TaskReported), "task_reported")]
[JsonDerivedType(typeof(OutsideAnswered), "outside_answered")]
[JsonDerivedType(typeof(DirectoryReported), "directory_reported")]
[JsonDerivedType(typeof(TimerRang), "timer_rang")]
[JsonDerivedType(typeof(ChildStarted), "child_started")]
[JsonDerivedType(typeof(ChildRefused), "child_refused")]
[JsonDerivedType(typeof(ChildChanged), "child_changed")]
[JsonDerivedType(typeof(Resume), "resume")]
[JsonDerivedType(typeof(Pause), "pause")]
[JsonDerivedType(typeof(Kill), "kill")]
[JsonDerivedType(typeof(Restart), "restart")]
[JsonDerivedType(typeof(ChangeTaskRunState), "change_task_run_state")]
[JsonDerivedType(typeof(ChangeState), "change_state")]
[JsonDerivedType(typeof(ChangeLabels), "change_labels")]
[JsonDerivedType(typeof(GrantSlot), "grant_slot")]
[JsonDerivedType(typeof(RefuseSlot), "refuse_slot")]
[JsonDerivedType(typeof(ForceRun), "force_run")]
[JsonDerivedType(typeof(PassBreakpoint), "pass_breakpoint")]
[JsonDerivedType(typeof(WorkerLost), "worker_lost")]
[JsonDerivedType(typeof(Decide), "decide")]
[JsonDerivedType(typeof(WithdrawBallot), "withdraw_ballot")]
[JsonDerivedType(typeof(SettleBallot), "settle_ballot")]
[JsonDerivedType(typeof(MakeRemark), "make_remark")]
[JsonDerivedType(typeof(ClaimWait), "claim_wait")]
[JsonDerivedType(typeof(ReleaseWait), "release_wait")]
[JsonDerivedType(typeof(ReassignWait), "reassign_wait")]
[JsonDerivedType(typeof(EditAnswers), "edit_answers")]
public abstract partial record ExecutionCommand;

/// <summary>Nothing new, look again: after creation, after a crash, from the reconciler. Harmless at any time.</summary>
public sealed record Advance : ExecutionCommand;

/// <summary>A worker took an attempt.</summary>
public sealed record TaskStarted(string TaskRunId, int Attempt, string WorkerId, DateTimeOffset At) : ExecutionCommand;

/// <summary>A worker's report of one attempt. A second report of the same attempt, or one for a run that moved on, changes nothing.</summary>
public sealed record TaskReported(string TaskRunId, int Attempt, State Outcome, IReadOnlyDictionary<string, object?>? Outputs, string? Error, string? WorkerId, DateTimeOffset StartedAt, DateTimeOffset EndedAt) : ExecutionCommand
{
    public SetLabels? Labels { get; init; }
    public SetVariables? Variables { get; init; }
    public UnsetVariables? Unset { get; init; }
    public ExitExecution? Exit { get; init; }
    public string? LogFile { get; init; }
}

/// <summary>Answers of renderings that had to look outside (by expression text); null run = the execution itself. <c>Error</c>: the rendering failed with this message.</summary>
public sealed record OutsideAnswered(string? TaskRunId, IReadOnlyDictionary<string, object?> Answers, string? Error) : ExecutionCommand;

/// <summary>The directory of a WorkingDirectory task was prepared or collected; outputs after collecting.</summary>
public sealed record DirectoryReported(string TaskRunId, bool Collected, IReadOnlyDictionary<string, object?>? Outputs, string? Error) : ExecutionCommand;

/// <summary>A timer of this purpose rang; acted on only if the state still calls for it. Purposes: retry, delay, timeout, task_timeout, schedule, sla, loop, due, remind, escalate, ballot.</summary>
public sealed record TimerRang(string Purpose, string? TaskRunId, int? Attempt, string? Detail = null) : ExecutionCommand;

public sealed record ChildStarted(string TaskRunId, string ChildId, int? Index = null) : ExecutionCommand;

/// <summary>A child execution could not be created: unknown, disabled or invalid flow, wrong inputs.</summary>
public sealed record ChildRefused(string TaskRunId, string Message, int? Index = null) : ExecutionCommand;

/// <summary>A child execution reached a state its parent cares about (paused, terminal). <c>Variables</c>: the child's root variables when the old <c>outputs</c> of a Subflow must be rendered with them.</summary>
public sealed record ChildChanged(string TaskRunId, string ChildId, State State, IReadOnlyDictionary<string, object?>? Outputs, int? Index = null, IReadOnlyDictionary<string, object?>? Variables = null) : ExecutionCommand
{
    /// <summary>The outputs that the parent asked for could not be rendered.</summary>
    public string? Error { get; init; }
}

/// <summary>A person's (or the Resume task's) answer to a paused run; inputs already resolved and typed. Null run: the only paused one, or a paused execution.</summary>
public sealed record Resume(string? TaskRunId, IReadOnlyDictionary<string, object?> Inputs, string Outcome, string? By, string? Comment) : ExecutionCommand
{
    /// <summary>The groups of the person, at that moment.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
}

public sealed record Pause(string? By) : ExecutionCommand;

public sealed record Kill(string? By, bool Cascade) : ExecutionCommand;

public sealed record Restart(string? By) : ExecutionCommand;

public sealed record ChangeTaskRunState(string TaskRunId, State State, string? By) : ExecutionCommand;

public sealed record ChangeState(State State, string? By) : ExecutionCommand;

public sealed record ChangeLabels(IReadOnlyList<Label> Labels, string? By) : ExecutionCommand;

/// <summary>A concurrency slot is free for this execution (or a person took it out of the queue).</summary>
public sealed record GrantSlot(State? State = null) : ExecutionCommand;

/// <summary>No slot: queue, cancel or fail as the flow says.</summary>
public sealed record RefuseSlot(ConcurrencyBehavior Behavior) : ExecutionCommand;

public sealed record ForceRun(string? By) : ExecutionCommand;

public sealed record PassBreakpoint(IReadOnlyList<string> NextBreakpoints, string? By) : ExecutionCommand;

/// <summary>The worker that held this attempt is gone; the attempt is handed out again (same attempt, same idempotency key).</summary>
public sealed record WorkerLost(string TaskRunId, int Attempt) : ExecutionCommand;
