using FlowApps.Domain.Flows;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>The execution has all these labels.</summary>
[Plugin("core.condition.ExecutionLabels", "io.kestra.core.models.conditions.types.ExecutionLabelsCondition", "io.kestra.plugin.core.condition.ExecutionLabelsCondition", Icon = "filter")]
public sealed record ExecutionLabels : Condition
{
    public required IReadOnlyList<Label> Labels { get; init; }

    public override bool Holds(ConditionContext context) => context.Execution is { } execution && Labels.All(label => execution.Labels.Contains(label));
}
