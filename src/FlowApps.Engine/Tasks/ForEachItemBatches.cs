using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Tasks;

/// <summary>The middle part of <see cref="ForEachItem"/>: one execution for each batch.</summary>
public sealed record ForEachItemBatches : ChildFlow, IFlowable
{
    public required ForEachItem Source { get; init; }

    protected override string TriggerType => "io.kestra.plugin.core.flow.ForEachItem";

    public Entry Enter(FlowableView view)
    {
        var split = view.Execution.TaskRuns.Find(view.Run.ParentId, $"{Source.Id}_split")?.Outputs?.GetValueOrDefault("splits");
        var list = view.Render.Text($"{{{{ read('{split}') }}}}") ?? "";
        var batches = list.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return batches.Length == 0
            ? new Entry { State = State.Success, Attempt = true }
            : new Entry { Attempt = true, Outputs = ItemCounts.Start(batches.Length, Source.Wait), Effects = [.. batches.Select((uri, i) => ChildFor(view, uri, i))] };
    }

    public NextStep Next(FlowableView view) => NextStep.Wait;

    protected override IEnumerable<TaskBranch> OwnBranches() => [];

    private StartChild ChildFor(FlowableView view, string uri, int index) =>
        Source.Child(view, view.Render.WithEntries("taskrun", ("items", uri), ("iteration", index + 1)), index, null);
}
