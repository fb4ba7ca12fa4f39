using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>The execution is one of this flow.</summary>
[Plugin("core.condition.ExecutionFlow", "io.kestra.core.models.conditions.types.ExecutionFlowCondition", "io.kestra.plugin.core.condition.ExecutionFlowCondition", Icon = "filter")]
public sealed record ExecutionFlow : Condition
{
    public required string Namespace { get; init; }

    public required string FlowId { get; init; }

    public override bool Holds(ConditionContext context) =>
        (context.Execution?.Namespace ?? context.Flow.Namespace) == Namespace && (context.Execution?.FlowId ?? context.Flow.Id) == FlowId;
}
