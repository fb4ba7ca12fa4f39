using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>The trigger belongs to this flow (old).</summary>
[Plugin("core.condition.FlowCondition", "io.kestra.core.models.conditions.types.FlowCondition", Icon = "filter")]
public sealed record FlowCondition : Condition
{
    public required string Namespace { get; init; }

    public required string FlowId { get; init; }

    public override bool Holds(ConditionContext context) => context.Flow.Namespace == Namespace && context.Flow.Id == FlowId;
}
