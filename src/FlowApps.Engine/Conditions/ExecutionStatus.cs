using FlowApps.Domain.Executions;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>The state of the execution is one of these and none of those.</summary>
[Plugin("core.condition.ExecutionStatus", "io.kestra.core.models.conditions.types.ExecutionStatusCondition", "io.kestra.plugin.core.condition.ExecutionStatusCondition", Icon = "filter")]
public sealed record ExecutionStatus : Condition
{
    public IReadOnlyList<State>? In { get; init; }

    public IReadOnlyList<State>? NotIn { get; init; }

    public override bool Holds(ConditionContext context) => context.Execution?.State.Current is { } state && In?.Contains(state) != false && NotIn?.Contains(state) != true;
}
