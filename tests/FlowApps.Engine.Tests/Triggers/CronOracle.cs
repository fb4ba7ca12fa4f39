using NodaTime;

namespace FlowApps.Engine.Tests.Triggers;

/// <summary>
/// When a cron expression is due, by going through every minute that the clocks on the wall show between two changes. It shares nothing with the product: the zones are Noda
/// Time's own. The rule: what the clocks leave out is due when they have gone forward, what they show twice is due the first time; unless every hour is meant: then each
/// minute counts as it is shown.
/// </summary>
internal static class CronOracle
{
    public static List<DateTimeOffset> Dates(CronCase cron, DateTimeZone zone, Instant from, Instant to)
    {
        var dates = new SortedSet<DateTimeOffset>();
        // Since long before, for the minutes that an earlier offset has shown already.
        LocalDateTime? shown = null;
        foreach (var span in zone.GetZoneIntervals(from - Duration.FromDays(2), to))
        {
            var start = span.HasStart && span.Start > from - Duration.FromDays(2) ? span.Start : from - Duration.FromDays(2);
            var end = span.HasEnd && span.End < to ? span.End : to;
            var (first, last) = (start.WithOffset(span.WallOffset).LocalDateTime, end.WithOffset(span.WallOffset).LocalDateTime);
            if (shown is { } until && first > until && !cron.Hour.IsStar && Minutes(cron, until, first).Any()) dates.Add(start.ToDateTimeOffset());
            foreach (var minute in Minutes(cron, first, last))
                if (cron.Hour.IsStar || shown is null || minute >= shown) dates.Add(minute.WithOffset(span.WallOffset).ToInstant().ToDateTimeOffset());
            if (shown is null || last > shown) shown = last;
        }
        return [.. dates.Where(date => date >= from.ToDateTimeOffset() && date < to.ToDateTimeOffset())];
    }

    /// <summary>About how many dates there are.</summary>
    public static int Count(CronCase cron, Instant from, Instant to) =>
        Enumerable.Range(0, (int)(to - from).TotalDays).Count(day => IsDay(cron, from.InUtc().Date.PlusDays(day))) * cron.Hour.Values.Count * cron.Minute.Values.Count;

    private static IEnumerable<LocalDateTime> Minutes(CronCase cron, LocalDateTime from, LocalDateTime to)
    {
        for (var day = from.Date; day.AtMidnight() < to; day = day.PlusDays(1))
        {
            if (!IsDay(cron, day)) continue;
            foreach (var hour in cron.Hour.Values)
                foreach (var minute in cron.Minute.Values)
                    if (day.At(new LocalTime(hour, minute)) is var at && at >= from && at < to) yield return at;
        }
    }

    private static bool IsDay(CronCase cron, LocalDate day)
    {
        if (!cron.Month.Values.Contains(day.Month)) return false;
        var (inMonth, inWeek) = (cron.Day.Values.Contains(day.Day), cron.Weekday.Values.Contains((int)day.DayOfWeek % 7));
        return cron.Day.IsStar || cron.Weekday.IsStar ? inMonth && inWeek : inMonth || inWeek;
    }
}
