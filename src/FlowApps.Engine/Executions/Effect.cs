using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;

namespace FlowApps.Engine.Executions;

/// <summary>What must happen because of new events, in the same commit. The runtime turns each into rows.</summary>
public abstract record Effect;

/// <summary>
/// Run an attempt of a runnable task. The runtime runs quick tasks in place, others become a work item. One (task run, attempt) is one piece of work: the effect is
/// said again when an execution is looked at anew (<see cref="Advance"/>, a lost worker), and a piece that is already waiting stays one.
/// </summary>
public sealed record RunTask(string TaskRunId, int Attempt) : Effect;

/// <summary>
/// Render these expressions with the full function set on a worker and answer with <see cref="OutsideAnswered"/>: by expression text, its typed value when the text is one
/// lone expression, else the rendered text.
/// </summary>
public sealed record AskOutside(string? TaskRunId, IReadOnlyList<string> Expressions) : Effect;

/// <summary>Prepare (files in) or collect (files out, outputs) the shared directory of a WorkingDirectory task run.</summary>
public sealed record PrepareDirectory(string TaskRunId) : Effect;

/// <summary><c>Discard</c>: the task failed or was killed; only remove the directory, no report is needed.</summary>
public sealed record CollectDirectory(string TaskRunId, bool Discard = false) : Effect;

/// <summary>Ring at a time.</summary>
public sealed record SetTimer(DateTimeOffset Due, TimerRang Ring) : Effect;

/// <summary>Create a child execution; answered in the same decision loop with <see cref="ChildStarted"/> or <see cref="ChildRefused"/>. Inputs are rendered, not yet typed.</summary>
public sealed record StartChild(string TaskRunId, string ChildId, FlowId Flow, int? Revision, IReadOnlyDictionary<string, object?> Inputs, IReadOnlyList<Label> Labels, ExecutionTrigger Trigger, DateTimeOffset? ScheduleDate, bool Wait, int? Index = null) : Effect;

/// <summary>Create a new execution that takes over from this one (retry as new execution): same flow and inputs.</summary>
public sealed record StartSuccessor(Execution Successor, DateTimeOffset At) : Effect;

/// <summary>A command for another execution (kill of children, state of a child for its parent, resume).</summary>
public sealed record SendCommand(string ExecutionId, ExecutionCommand Command) : Effect;

public sealed record OpenWait(Wait Wait) : Effect;

/// <summary>An open question is not what it was, because of this event.</summary>
public sealed record ChangeWait(Wait Wait, WaitEvent Because) : Effect;

public sealed record CloseWait(WaitDecision Decision) : Effect;

/// <summary>Withdraw the work of these task runs: interrupt it where it runs.</summary>
public sealed record CancelWork(IReadOnlyList<string> TaskRunIds) : Effect;

public sealed record WriteLog(string? TaskRunId, LogLevel Level, string Message) : Effect;

/// <summary>The execution asks for a concurrency slot of its flow before it may run; the runtime counts holders and answers with GrantSlot or RefuseSlot.</summary>
public sealed record AskSlot(Concurrency Limit) : Effect;

/// <summary>The execution's state changed: flow triggers and waiting queues may care.</summary>
public sealed record StateChanged(State From, State To) : Effect;
