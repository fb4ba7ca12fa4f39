using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tasks;

/// <summary>Runs tasks one after the other; when one fails this task ends in WARNING and the flow goes on.</summary>
[Plugin("core.flow.AllowFailure", "io.kestra.core.tasks.flows.AllowFailure", Icon = "shield-check")]
public sealed record AllowFailure : FlowableTask, IFlowable
{
    /// <summary>The tasks that may fail, in order.</summary>
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }

    public NextStep Next(FlowableView view) => InOrder.Next(view, view.Branch("tasks"));

    protected override IEnumerable<TaskBranch> OwnBranches() => [new("tasks", Tasks)];
}
