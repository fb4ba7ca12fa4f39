using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>The date is strictly after and strictly before the given ones.</summary>
[Plugin("core.condition.DateTimeBetween", "io.kestra.core.models.conditions.types.DateTimeBetweenCondition", "io.kestra.plugin.core.condition.DateTimeBetweenCondition", Icon = "filter")]
public sealed record DateTimeBetween : Condition
{
    /// <summary>The date looked at.</summary>
    public string Date { get; init; } = DateReading.TriggerDate;

    public string? After { get; init; }

    public string? Before { get; init; }

    public override bool Holds(ConditionContext context)
    {
        var date = DateReading.Moment(context, Date);
        return (After is null || date > DateReading.Moment(context, After)) && (Before is null || date < DateReading.Moment(context, Before));
    }
}
