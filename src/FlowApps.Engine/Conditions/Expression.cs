using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>An expression that is neither blank nor false.</summary>
[Plugin("core.condition.Expression", "io.kestra.core.models.conditions.types.VariableCondition", "io.kestra.core.models.conditions.types.ExpressionCondition", "io.kestra.plugin.core.condition.VariableCondition", "io.kestra.plugin.core.condition.ExpressionCondition", Icon = "filter")]
public sealed record Expression : Condition
{
    /// <summary>The expression.</summary>
    [Alias("expression")]
    public required string Text { get; init; }

    public override bool Holds(ConditionContext context) => context.Render(Text, null).Trim() is not ("" or "false");
}
