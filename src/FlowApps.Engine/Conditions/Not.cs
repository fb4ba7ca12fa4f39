using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>None of the conditions holds.</summary>
[Plugin("core.condition.Not", "io.kestra.core.models.conditions.types.NotCondition", "io.kestra.plugin.core.condition.NotCondition", Icon = "filter")]
public sealed record Not : Condition
{
    public required IReadOnlyList<Condition> Conditions { get; init; }

    public override bool Holds(ConditionContext context) => !Conditions.Any(condition => condition.Holds(context));
}
