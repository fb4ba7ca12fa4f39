using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Conditions;

/// <summary>An expression over <c>trigger.outputs</c>; false when the execution has none.</summary>
[Plugin("core.condition.ExecutionOutputs", "io.kestra.core.models.conditions.types.ExecutionOutputsCondition", "io.kestra.plugin.core.condition.ExecutionOutputsCondition", Icon = "filter")]
public sealed record ExecutionOutputs : Condition
{
    public required string Expression { get; init; }

    public override bool Holds(ConditionContext context) => context.Execution?.Outputs is { Count: > 0 } outputs &&
        context.Render(Expression, Data.Map(("trigger", Data.Map(("outputs", outputs))))).Trim() is not ("" or "false");
}
