using System.Globalization;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>Dates as conditions give them: expressions that render to ISO dates or date-times.</summary>
internal static class DateReading
{
    public const string TriggerDate = "{{ trigger.date }}";

    public static DateTimeOffset Moment(ConditionContext context, string text)
    {
        var rendered = context.Render(text, null).Trim();
        return DateTimeOffset.TryParse(rendered, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : throw new FormatException($"'{rendered}' is not a date-time.");
    }

    /// <summary>The day on the wall where the date was written.</summary>
    public static DateOnly Day(ConditionContext context, string text) => DateOnly.FromDateTime(Moment(context, text).DateTime);

    /// <summary>A time of day with an offset, on the given day.</summary>
    public static DateTimeOffset Time(ConditionContext context, string text, DateTimeOffset day)
    {
        var rendered = context.Render(text, null).Trim();
        var hasOffset = rendered.EndsWith('Z') || rendered.LastIndexOfAny(['+', '-']) > 0;
        return DateTimeOffset.TryParse($"{day:yyyy-MM-dd}T{rendered}{(hasOffset ? "" : "Z")}", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : throw new FormatException($"'{rendered}' is not a time of day such as 09:00:00Z.");
    }
}
