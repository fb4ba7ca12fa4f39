namespace FlowApps.Engine.Triggers;

/// <summary>What follows from the dates of a scheduled trigger.</summary>
public static class Schedules
{
    /// <summary>The date to be due next after <paramref name="last"/>, seen at <paramref name="now"/>: too late ones are left out.</summary>
    public static DateTimeOffset? Next(this IScheduled trigger, DateTimeOffset last, DateTimeOffset now, DateCheck check) =>
        trigger.NextDate(trigger.LateMaximumDelay is { } late && now - late > last ? now - late : last, check);

    /// <summary>The same after the server was down.</summary>
    public static DateTimeOffset? Recover(this IScheduled trigger, DateTimeOffset last, DateTimeOffset now, RecoverMissedSchedules otherwise, DateCheck check) => (trigger.RecoverMissedSchedules ?? otherwise) switch
    {
        RecoverMissedSchedules.None => trigger.NextDate(now, check),
        RecoverMissedSchedules.Last when trigger.PreviousDate(now.AddTicks(1), check) is { } missed && missed > last => trigger.Next(missed.AddTicks(-1), now, check),
        _ => trigger.Next(last, now, check),
    };

    /// <summary><c>trigger.*</c> of the execution at a date: date, next and previous (these pass the conditions too).</summary>
    public static OrderedDictionary<string, object?> VariablesAt(this IScheduled trigger, DateTimeOffset date, DateCheck check)
    {
        var variables = OnlyDate(trigger, date);
        if (trigger.NextDate(date, check) is { } next) variables["next"] = trigger.Text(next);
        if (trigger.PreviousDate(date, check) is { } previous) variables["previous"] = trigger.Text(previous);
        return variables;
    }

    internal static OrderedDictionary<string, object?> OnlyDate(IScheduled trigger, DateTimeOffset date) => Domain.Values.Data.Map(("date", trigger.Text(date)));

    internal static string Text(DateTimeOffset date, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(date, zone).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", System.Globalization.CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal);
}
