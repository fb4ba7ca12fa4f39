using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>The date is a public holiday of a country.</summary>
[Plugin("core.condition.PublicHoliday", "io.kestra.core.models.conditions.types.PublicHolidayCondition", "io.kestra.plugin.core.condition.PublicHolidayCondition", Icon = "filter")]
public sealed record PublicHoliday : Condition
{
    /// <summary>The date looked at.</summary>
    public string Date { get; init; } = DateReading.TriggerDate;

    /// <summary>Two letters, such as FR; the country of the server by default.</summary>
    public string? Country { get; init; }

    /// <summary>A part of the country, such as BY; its own holidays come on top.</summary>
    public string? SubDivision { get; init; }

    public override bool Holds(ConditionContext context) => Holidays.IsHoliday(DateReading.Day(context, Date), Country is null ? null : context.Render(Country, null), SubDivision is null ? null : context.Render(SubDivision, null));
}
