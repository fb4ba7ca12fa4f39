using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>The trigger belongs to a flow of this namespace (old).</summary>
[Plugin("core.condition.FlowNamespaceCondition", "io.kestra.core.models.conditions.types.FlowNamespaceCondition", Icon = "filter")]
public sealed record FlowNamespaceCondition : Condition
{
    public required string Namespace { get; init; }

    public bool Prefix { get; init; }

    public override bool Holds(ConditionContext context) => Prefix ? context.Flow.Namespace.StartsWith(Namespace, StringComparison.Ordinal) : context.Flow.Namespace == Namespace;
}
