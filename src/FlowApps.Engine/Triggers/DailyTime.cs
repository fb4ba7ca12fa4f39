using System.Globalization;
using System.Text.RegularExpressions;

namespace FlowApps.Engine.Triggers;

/// <summary>A time of day, as <c>09:00:00</c> in a zone or as <c>09:00:00+01:00</c>.</summary>
internal readonly partial record struct DailyTime(TimeOnly Time, TimeSpan? Offset)
{
    /// <summary>Errors: <see cref="FormatException"/>.</summary>
    public static DailyTime Parse(string text)
    {
        var parts = Parts().Match(text.Trim());
        if (!parts.Success || !TimeOnly.TryParse(parts.Groups[1].Value, CultureInfo.InvariantCulture, out var time)) throw new FormatException($"'{text}' is not a time of day such as 09:00:00 or 09:00:00+01:00.");
        var offset = parts.Groups[2].Value;
        return new DailyTime(time, offset.Length == 0 ? null : offset == "Z" ? TimeSpan.Zero : (offset[0] == '-' ? -1 : 1) * TimeSpan.Parse(offset[1..], CultureInfo.InvariantCulture));
    }

    /// <summary>This time on the day that a moment falls on, there where the time is said.</summary>
    public DateTimeOffset OnDayOf(DateTimeOffset moment, TimeZoneInfo zone) => At(Day(moment, zone), zone);

    /// <summary>Midnight of that day.</summary>
    public DateTimeOffset MidnightOf(DateTimeOffset moment, TimeZoneInfo zone) => (this with { Time = TimeOnly.MinValue }).OnDayOf(moment, zone);

    /// <summary>The next moment, after the given one, that has this time.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset moment, TimeZoneInfo zone) => OnDayOf(moment, zone) is var today && today > moment ? today : At(Day(moment, zone).AddDays(1), zone);

    private DateOnly Day(DateTimeOffset moment, TimeZoneInfo zone) => DateOnly.FromDateTime(Offset is { } offset ? moment.ToOffset(offset).DateTime : TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    private DateTimeOffset At(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(Time);
        return new DateTimeOffset(local, Offset ?? zone.GetUtcOffset(local));
    }

    [GeneratedRegex(@"^(\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?$")]
    private static partial Regex Parts();
}
