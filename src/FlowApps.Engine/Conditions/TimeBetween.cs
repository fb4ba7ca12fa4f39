using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>The time of day is strictly after and strictly before the given ones.</summary>
[Plugin("core.condition.TimeBetween", "io.kestra.core.models.conditions.types.TimeBetweenCondition", "io.kestra.plugin.core.condition.TimeBetweenCondition", Icon = "filter")]
public sealed record TimeBetween : Condition
{
    /// <summary>The date looked at.</summary>
    public string Date { get; init; } = DateReading.TriggerDate;

    /// <summary>Such as 16:19:12+02:00.</summary>
    public string? After { get; init; }

    public string? Before { get; init; }

    public override bool Holds(ConditionContext context)
    {
        var date = DateReading.Moment(context, Date);
        return (After is null || date > DateReading.Time(context, After, date)) && (Before is null || date < DateReading.Time(context, Before, date));
    }
}
