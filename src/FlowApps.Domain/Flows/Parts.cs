using FlowApps.Domain.Tasks;
using FlowApps.Domain.Triggers;

namespace FlowApps.Domain.Flows;

/// <summary>A label of a flow, trigger or execution. Keys that start with <c>system.</c> are set by the product only, but for system.readOnly.</summary>
public sealed record Label(string Key, string? Value);

/// <summary>How many executions of a flow may be running or paused at once, and what happens to the next one (kestra-semantics 9.2).</summary>
public sealed record Concurrency(int Limit, ConcurrencyBehavior Behavior = ConcurrencyBehavior.Queue);

public enum ConcurrencyBehavior { Queue, Cancel, Fail }

/// <summary>A named value given out when an execution ends; typed like an input.</summary>
public sealed record FlowOutput(string Id, object? Value, string Type, string? Description = null, string? DisplayName = null, bool Required = true);

/// <summary>A rule checked when an execution is created (kestra-semantics 1.1 "checks"): the message shows when the condition is false.</summary>
public sealed record Check(string Condition, string Message, CheckStyle Style = CheckStyle.Info, CheckBehavior Behavior = CheckBehavior.BlockExecution);

public enum CheckStyle { Info, Success, Warning, Error }

public enum CheckBehavior { BlockExecution, FailExecution, CreateExecution }

/// <summary>Values given to every plugin whose type is, or starts with, <c>Type</c> (kestra-semantics 9.4).</summary>
public sealed record PluginDefault(string Type, IReadOnlyDictionary<string, object?> Values, bool Forced = false);

/// <summary>Tasks run after the end of an execution when all conditions hold (old; kestra-semantics 9.7).</summary>
public sealed record Listener(IReadOnlyList<Condition> Conditions, IReadOnlyList<TaskDefinition> Tasks, string? Description = null);

/// <summary>Which group of workers runs a task, and what to do when none is alive.</summary>
public sealed record WorkerGroup(string? Key, WorkerGroupFallback Fallback = WorkerGroupFallback.Wait);

public enum WorkerGroupFallback { Wait, Fail, Cancel, Ignore }
