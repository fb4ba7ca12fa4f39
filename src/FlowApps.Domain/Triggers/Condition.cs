using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;

namespace FlowApps.Domain.Triggers;

/// <summary>A condition of a trigger or listener (kestra-semantics 10.8); the types are in FlowApps.Engine/Conditions.</summary>
public abstract record Condition
{
    public required string Type { get; init; }
    public string? Description { get; init; }

    /// <summary>Errors: anything thrown makes the trigger create a failed execution that shows the message.</summary>
    public abstract bool Holds(ConditionContext context);
}

/// <summary>What a condition looks at. <c>Execution</c> is the upstream execution of a Flow trigger, null for others.</summary>
public sealed record ConditionContext(Flow Flow, Execution? Execution, IReadOnlyDictionary<string, object?> Variables, DateTimeOffset Now, Func<string, IReadOnlyDictionary<string, object?>?, string> Render);
