using System.Text.Json.Serialization;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;
using FlowApps.Engine.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>All of the conditions were true, by some execution, within a window.</summary>
[Plugin("core.condition.MultipleCondition", "io.kestra.core.models.conditions.types.MultipleCondition", Icon = "filter")]
public sealed record MultipleCondition : Condition
{
    public required string Id { get; init; }

    /// <summary>The window; one day by default.</summary>
    public TimeWindow? TimeWindow { get; init; }

    /// <summary>Old form of <c>timeWindow</c>.</summary>
    [Deprecated("timeWindow"), Alias("window")]
    public TimeSpan? WindowLength { get; init; }

    /// <summary>Old form of <c>timeWindow</c>.</summary>
    [Deprecated("timeWindow")]
    public TimeSpan? WindowAdvance { get; init; }

    /// <summary>Whether what was seen is forgotten when all has been seen.</summary>
    public bool ResetOnSuccess { get; init; } = true;

    public required IReadOnlyDictionary<string, Condition> Conditions { get; init; }

    [JsonIgnore]
    internal TimeWindow Window => TimeWindow ?? new TimeWindow { Window = WindowLength, WindowAdvance = WindowAdvance };

    internal IReadOnlyList<string> Met(ConditionContext context) => [.. Conditions.Where(condition => condition.Value.Holds(context)).Select(condition => condition.Key)];

    /// <summary>For one execution alone; over several see FlowTrigger.</summary>
    public override bool Holds(ConditionContext context) => Conditions.Values.All(condition => condition.Holds(context));
}
