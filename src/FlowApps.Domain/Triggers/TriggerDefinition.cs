using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Tasks;

namespace FlowApps.Domain.Triggers;

/// <summary>What every trigger has (kestra-semantics 10.1). Schedule, Flow and Webhook are in FlowApps.Engine; those that look outside in FlowApps.Plugins.</summary>
public abstract record TriggerDefinition
{
    public required string Id { get; init; }
    public required string Type { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>The 2.0 form of conditions: an expression that must render truthy.</summary>
    public string? When { get; init; }
    public bool Disabled { get; init; }
    public IReadOnlyList<Label> Labels { get; init; } = [];
    public IReadOnlyDictionary<string, object?> Inputs { get; init; } = Values.Data.Map();
    public IReadOnlyList<State> StopAfter { get; init; } = [];
    public bool AllowConcurrent { get; init; }
    public bool FailOnTriggerError { get; init; }
    public LogLevel? LogLevel { get; init; }
    public bool LogToFile { get; init; }
    public WorkerGroup? WorkerGroup { get; init; }
}

/// <summary>A trigger that looks at something outside again and again, on a worker.</summary>
public abstract record PollingTrigger : TriggerDefinition
{
    public TimeSpan? Interval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Looks once; null when there is nothing new. What is returned becomes <c>trigger.*</c> of one execution.</summary>
    public abstract ValueTask<IReadOnlyDictionary<string, object?>?> EvaluateAsync(TaskContext context, CancellationToken cancellation);
}

/// <summary>A trigger that listens all the time and starts one execution per event; the event is acknowledged after its execution is committed.</summary>
public abstract record RealtimeTrigger : TriggerDefinition
{
    /// <summary>Listens until cancelled; <paramref name="emit"/> completes when the execution is durable.</summary>
    public abstract Task ListenAsync(TaskContext context, Func<TriggerEvent, CancellationToken, Task> emit, CancellationToken cancellation);
}
