using FlowApps.Domain.Approvals;

namespace FlowApps.Engine.Approvals;

/// <summary>Adds working time to a moment. Without a calendar every hour counts.</summary>
public static class BusinessTime
{
    private const int FarthestDay = 3_660;

    /// <summary>The moment at which so much working time has gone by. Errors: <see cref="FormatException"/> when the calendar has no such time within ten years.</summary>
    public static DateTimeOffset Add(DateTimeOffset from, TimeSpan time, BusinessCalendar? calendar)
    {
        if (calendar is null || time <= TimeSpan.Zero) return from + time;
        var left = time;
        foreach (var (begin, end) in Days(from, calendar, 1))
        {
            if (end <= from) continue;
            var start = begin < from ? from : begin;
            if (end - start >= left) return start + left;
            left -= end - start;
        }
        throw new FormatException("The calendar has too few working hours for this due date.");
    }

    /// <summary>The moment after which so much working time is left until <paramref name="due"/>.</summary>
    public static DateTimeOffset Before(DateTimeOffset due, TimeSpan time, BusinessCalendar? calendar)
    {
        if (calendar is null || time <= TimeSpan.Zero) return due - time;
        var left = time;
        foreach (var (begin, end) in Days(due, calendar, -1))
        {
            if (begin >= due) continue;
            var stop = end > due ? due : end;
            if (stop - begin >= left) return stop - left;
            left -= stop - begin;
        }
        throw new FormatException("The calendar has too few working hours before this due date.");
    }

    private static IEnumerable<(DateTimeOffset Begin, DateTimeOffset End)> Days(DateTimeOffset from, BusinessCalendar calendar, int direction)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, calendar.Zone).DateTime);
        for (var i = 0; i < FarthestDay; i++, day = day.AddDays(direction))
            if (calendar.Days.Contains(day.DayOfWeek) && !calendar.Holidays.Contains(day) && calendar.From < calendar.To)
                yield return (At(day, calendar.From, calendar.Zone), At(day, calendar.To, calendar.Zone));
    }

    /// <summary>A time that the clocks skip is the first one after the gap.</summary>
    private static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
