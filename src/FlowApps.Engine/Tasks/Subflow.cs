using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tasks;

/// <summary>Starts an execution of another flow, and by default waits for it.</summary>
[Plugin("core.flow.Subflow", "io.kestra.core.tasks.flows.Subflow", "io.kestra.core.tasks.flows.Flow", "io.kestra.plugin.core.flow.Flow", Icon = "subtask")]
public sealed record Subflow : ChildFlow, IFlowable
{
    /// <summary>Values of this task's outputs, rendered with the variables of the other execution (old: give the other flow outputs).</summary>
    [Deprecated("the outputs of the other flow")]
    public IReadOnlyDictionary<string, object?>? Outputs { get; init; }

    protected override string TriggerType => "io.kestra.plugin.core.flow.Subflow";

    public Entry Enter(FlowableView view) => new() { Attempt = true, Effects = [Child(view, view.Render, null, Outputs)] };

    /// <summary>Its end comes from the other execution's report.</summary>
    public NextStep Next(FlowableView view) => NextStep.Wait;

    protected override IEnumerable<TaskBranch> OwnBranches() => [];
}
