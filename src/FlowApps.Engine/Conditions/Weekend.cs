using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>The date is a Saturday or a Sunday.</summary>
[Plugin("core.condition.Weekend", "io.kestra.core.models.conditions.types.WeekendCondition", "io.kestra.plugin.core.condition.WeekendCondition", Icon = "filter")]
public sealed record Weekend : Condition
{
    /// <summary>The date looked at.</summary>
    public string Date { get; init; } = DateReading.TriggerDate;

    public override bool Holds(ConditionContext context) => DateReading.Day(context, Date).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
