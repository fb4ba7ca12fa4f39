using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>The execution is one of a flow of this namespace.</summary>
[Plugin("core.condition.ExecutionNamespace", "io.kestra.core.models.conditions.types.ExecutionNamespaceCondition", "io.kestra.plugin.core.condition.ExecutionNamespaceCondition", Icon = "filter")]
public sealed record ExecutionNamespace : Condition
{
    public required string Namespace { get; init; }

    /// <summary>How the name is compared; wins over <c>prefix</c>.</summary>
    public NameComparison? Comparison { get; init; }

    /// <summary>Old: true is the comparison PREFIX.</summary>
    [Deprecated("comparison")]
    public bool Prefix { get; init; }

    public override bool Holds(ConditionContext context)
    {
        var actual = context.Execution?.Namespace ?? context.Flow.Namespace;
        return (Comparison ?? (Prefix ? NameComparison.Prefix : NameComparison.Equals)) switch
        {
            NameComparison.Prefix => actual.StartsWith(Namespace, StringComparison.Ordinal),
            NameComparison.Suffix => actual.EndsWith(Namespace, StringComparison.Ordinal),
            _ => actual == Namespace,
        };
    }
}
