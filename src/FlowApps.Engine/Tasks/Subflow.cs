using FlowApps.Domain.Executions;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Tasks;

/// <summary>Starts an execution of another flow, and by default waits for it.</summary>
[Plugin("core.flow.Subflow", "io.kestra.core.tasks.flows.Subflow", "io.kestra.core.tasks.flows.Flow", "io.kestra.plugin.core.flow.Flow", Icon = "subtask")]
public sealed record Subflow : ChildFlow, IFlowable
{
    /// <summary>Values of this task's outputs, rendered with the variables of the other execution (old: give the other flow outputs).</summary>
    [Deprecated("the outputs of the other flow")]
    public IReadOnlyDictionary<string, object?>? Outputs { get; init; }

    /// <summary>When this execution is restarted: restart the failed one too, or start another.</summary>
    public SubflowRestart RestartBehavior { get; init; } = SubflowRestart.RetryFailed;

    protected override string TriggerType => "io.kestra.plugin.core.flow.Subflow";

    public Entry Enter(FlowableView view) => new()
    {
        Attempt = true,
        Effects = RestartBehavior == SubflowRestart.RetryFailed && Wait && view.Run is { State.Current: State.Restarted, ChildExecutionId: { } failed }
            ? [new SendCommand(failed, new Restart(null))]
            : [Child(view, view.Render, null, Outputs)],
    };

    /// <summary>Its end comes from the other execution's report.</summary>
    public NextStep Next(FlowableView view) => NextStep.Wait;

    protected override IEnumerable<TaskBranch> OwnBranches() => [];
}
