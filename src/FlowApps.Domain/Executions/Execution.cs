using FlowApps.Domain.Flows;
using FlowApps.Domain.FlowTests;

namespace FlowApps.Domain.Executions;

public enum ExecutionKind { Normal, Test, Playground, Loop }

/// <summary>What started an execution: a trigger, a parent's Subflow task, an app.</summary>
public sealed record ExecutionTrigger(string Id, string Type, IReadOnlyDictionary<string, object?> Variables)
{
    public string? LogFile { get; init; }
}

/// <summary>The state of one run of a flow, folded from its events (kestra-semantics 4.1). Immutable; changed only by the engine's Evolve.</summary>
public sealed record Execution
{
    public required string Id { get; init; }
    public required string Namespace { get; init; }
    public required string FlowId { get; init; }
    public required int FlowRevision { get; init; }
    public ExecutionKind Kind { get; init; }
    public required StateTrail State { get; init; }
    public IReadOnlyDictionary<string, object?> Inputs { get; init; } = Values.Data.Map();
    public IReadOnlyDictionary<string, object?>? Outputs { get; init; }

    /// <summary>What the start brought along (<c>schedule</c>): merged into the root variables.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = Values.Data.Map();

    /// <summary>What <c>vars</c> reads once a task has changed it (execution.SetVariables, UnsetVariables); null = the flow's variables.</summary>
    public IReadOnlyDictionary<string, object?>? Vars { get; init; }
    public IReadOnlyList<Label> Labels { get; init; } = [];
    public TaskRunList TaskRuns { get; init; } = TaskRunList.Empty;

    /// <summary>The execution this one replays or restarts under a new id.</summary>
    public string? ParentId { get; init; }
    public string? OriginalId { get; init; }
    public ExecutionTrigger? Trigger { get; init; }
    public int AttemptNumber { get; init; } = 1;
    public DateTimeOffset? OriginalCreatedDate { get; init; }
    public DateTimeOffset? ScheduleDate { get; init; }
    public IReadOnlyList<string> Breakpoints { get; init; } = [];

    /// <summary>Who started it (user name), null for triggers.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Answers of rendering that had to look outside, by expression, recorded so that nothing asks the world twice.</summary>
    public IReadOnlyDictionary<string, object?> Answers { get; init; } = Values.Data.Map();

    /// <summary>Of a test: what stands in for tasks; null for all others.</summary>
    public IReadOnlyList<TaskFixture>? Fixtures { get; init; }

    /// <summary>Why it failed, when it was not a task (flow outputs, SLA, engine limit).</summary>
    public string? Error { get; init; }

    /// <summary>Paused by a person rather than by a task: running tasks finish, nothing new starts until it is resumed.</summary>
    public bool Held { get; init; }

    /// <summary>Terminal, and no task (afterExecution, listeners) is still at work.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsSettled => State.Current.IsTerminal && TaskRuns.OpenCount == 0;

    [System.Text.Json.Serialization.JsonIgnore]
    public FlowId Flow => new(Namespace, FlowId);
}
