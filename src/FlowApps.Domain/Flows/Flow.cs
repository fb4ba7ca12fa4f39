using FlowApps.Domain.Inputs;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Triggers;

namespace FlowApps.Domain.Flows;

/// <summary>A parsed and validated flow of one revision (kestra-semantics 1.1). The stored source is on <see cref="FlowRevision"/>.</summary>
public sealed record Flow
{
    public required string Id { get; init; }
    public required string Namespace { get; init; }
    [NotWritten]
    public int Revision { get; init; } = 1;
    public string? Description { get; init; }
    public IReadOnlyList<Label> Labels { get; init; } = [];
    public IReadOnlyList<InputDefinition> Inputs { get; init; } = [];
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = Values.Data.Map();
    public IReadOnlyList<TaskDefinition> Tasks { get; init; } = [];
    public IReadOnlyList<TaskDefinition> Errors { get; init; } = [];
    public IReadOnlyList<TaskDefinition> Finally { get; init; } = [];
    public IReadOnlyList<TaskDefinition> AfterExecution { get; init; } = [];
    public IReadOnlyList<Listener> Listeners { get; init; } = [];
    public IReadOnlyList<TriggerDefinition> Triggers { get; init; } = [];
    [Alias("taskDefaults")]
    public IReadOnlyList<PluginDefault> PluginDefaults { get; init; } = [];
    public Concurrency? Concurrency { get; init; }
    public Retry? Retry { get; init; }
    public IReadOnlyList<Sla> Sla { get; init; } = [];
    public IReadOnlyList<FlowOutput> Outputs { get; init; } = [];
    public IReadOnlyList<Check> Checks { get; init; } = [];
    public WorkerGroup? WorkerGroup { get; init; }
    public bool Disabled { get; init; }
    public bool Draft { get; init; }

    public FlowId Key => new(Namespace, Id);

    /// <summary>Every task of the flow in reading order, children after their parent, in all branches.</summary>
    public IEnumerable<TaskDefinition> AllTasks() =>
        TaskTree.Flatten(Tasks).Concat(TaskTree.Flatten(Errors)).Concat(TaskTree.Flatten(Finally))
            .Concat(TaskTree.Flatten(AfterExecution)).Concat(Listeners.SelectMany(l => TaskTree.Flatten(l.Tasks)));
}
