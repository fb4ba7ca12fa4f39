using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>The date is on a day of the week.</summary>
[Plugin("core.condition.DayWeek", "io.kestra.core.models.conditions.types.DayWeekCondition", "io.kestra.plugin.core.condition.DayWeekCondition", Icon = "filter")]
public sealed record DayWeek : Condition
{
    /// <summary>The date looked at.</summary>
    public string Date { get; init; } = DateReading.TriggerDate;

    /// <summary>MONDAY … SUNDAY.</summary>
    public required DayOfWeek DayOfWeek { get; init; }

    public override bool Holds(ConditionContext context) => DateReading.Day(context, Date).DayOfWeek == DayOfWeek;
}
