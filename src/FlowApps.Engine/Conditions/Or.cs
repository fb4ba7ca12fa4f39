using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>Any of the conditions holds.</summary>
[Plugin("core.condition.Or", "io.kestra.core.models.conditions.types.OrCondition", "io.kestra.plugin.core.condition.OrCondition", Icon = "filter")]
public sealed record Or : Condition
{
    public required IReadOnlyList<Condition> Conditions { get; init; }

    public override bool Holds(ConditionContext context) => Conditions.Any(condition => condition.Holds(context));
}
