using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tasks;

/// <summary>Runs tasks one after the other, as one group with its own errors and finally.</summary>
[Plugin("core.flow.Sequential", "io.kestra.core.tasks.flows.Sequential", Icon = "list-numbers")]
public sealed record Sequential : FlowableTask, IFlowable
{
    /// <summary>The tasks, in order.</summary>
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }

    public NextStep Next(FlowableView view) => InOrder.Next(view, view.Branch("tasks"));

    protected override IEnumerable<TaskBranch> OwnBranches() => [new("tasks", Tasks)];
}
