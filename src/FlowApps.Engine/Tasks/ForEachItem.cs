using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tasks;

/// <summary>
/// Starts one execution of another flow for each batch of the lines of a file (kestra-semantics 5.3): splits the file, starts the executions, merges their outputs,
/// as three child runs called after this task.
/// </summary>
[Plugin("core.flow.ForEachItem", "io.kestra.core.tasks.flows.ForEachItem", Icon = "stack-2")]
public sealed record ForEachItem : ChildFlow, IFlowable
{
    private readonly Lazy<IReadOnlyList<TaskDefinition>> parts;

    public ForEachItem() => parts = new(() =>
    [
        new ForEachItemSplit { Id = $"{Id}_split", Type = $"{Type}$ForEachItemSplit", Items = Items!, Batch = Batch },
        new ForEachItemBatches { Id = $"{Id}_items", Type = $"{Type}$ForEachItemExecutable", Namespace = Namespace!, FlowId = FlowId!, Source = this },
        new ForEachItemMerge { Id = $"{Id}_merge", Type = $"{Type}$ForEachItemMergeOutputs", ItemsTask = $"{Id}_items" },
    ]);

    /// <summary>The URI of the file, <c>kestra:///…</c>.</summary>
    public required Property<string> Items { get; init; }

    /// <summary>How the lines are grouped; one line each by default.</summary>
    public ItemBatch Batch { get; init; } = new();

    protected override string TriggerType => "io.kestra.plugin.core.flow.ForEachItem";

    public NextStep Next(FlowableView view) => InOrder.Next(view, view.Branch("tasks"));

    protected override IEnumerable<TaskBranch> OwnBranches() => [new("tasks", parts.Value)];
}
