using System.Text.Json.Serialization;

namespace FlowApps.Domain.Flows;

public enum SlaBehavior { Fail, Cancel, None }

/// <summary>A promise about an execution, checked while it runs (kestra-semantics 9.3).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MaxDurationSla), "MAX_DURATION")]
[JsonDerivedType(typeof(ExecutionAssertionSla), "EXECUTION_ASSERTION")]
public abstract record Sla(string Id, SlaBehavior Behavior)
{
    public IReadOnlyList<Label> Labels { get; init; } = [];
}

public sealed record MaxDurationSla(string Id, SlaBehavior Behavior, TimeSpan Duration) : Sla(Id, Behavior);

public sealed record ExecutionAssertionSla(string Id, SlaBehavior Behavior, string Assert) : Sla(Id, Behavior);
