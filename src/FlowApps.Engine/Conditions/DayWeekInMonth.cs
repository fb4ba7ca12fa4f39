using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>The date is the first, second … or last such day of the week in its month.</summary>
[Plugin("core.condition.DayWeekInMonth", "io.kestra.core.models.conditions.types.DayWeekInMonthCondition", "io.kestra.plugin.core.condition.DayWeekInMonthCondition", Icon = "filter")]
public sealed record DayWeekInMonth : Condition
{
    /// <summary>The date looked at.</summary>
    public string Date { get; init; } = DateReading.TriggerDate;

    /// <summary>MONDAY … SUNDAY.</summary>
    public required DayOfWeek DayOfWeek { get; init; }

    /// <summary>Which of them.</summary>
    public required DayInMonth DayInMonth { get; init; }

    public override bool Holds(ConditionContext context)
    {
        var day = DateReading.Day(context, Date);
        if (day.DayOfWeek != DayOfWeek) return false;
        return DayInMonth == DayInMonth.Last ? day.AddDays(7).Month != day.Month : (day.Day - 1) / 7 == (int)DayInMonth;
    }
}
