namespace FlowApps.Engine.Triggers;

/// <summary>
/// A cron expression: minute, hour, day of month, month, day of week (0 and 7 are Sunday), with seconds before them if asked for; or a nickname. When both days are restricted either is
/// enough. Around a change of the clocks: a date that is left out happens when the clocks have gone forward, a date that comes twice happens once; unless every hour is meant, which then
/// neither makes up nor leaves out.
/// </summary>
public sealed class Cron
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private static readonly TimeSpan NearChange = TimeSpan.FromHours(4);
    private readonly CronField seconds, minutes, hours, days, months, weekdays;

    private Cron(CronField[] fields, string text)
    {
        (seconds, minutes, hours, days, months) = (fields[0], fields[1], fields[2], fields[3], fields[4]);
        weekdays = fields[5].Has(7) ? fields[5] with { Bits = fields[5].Bits | 1 } : fields[5];
        Text = text;
    }

    public string Text { get; }

    /// <summary>Errors: <see cref="FormatException"/> that begins "invalid cron expression".</summary>
    public static Cron Parse(string text, bool withSeconds = false)
    {
        var parts = Nickname(text.Trim(), ref withSeconds).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != (withSeconds ? 6 : 5)) throw new FormatException($"invalid cron expression '{text}': it needs {(withSeconds ? "6 fields, seconds first" : "5 fields")}");
        if (!withSeconds) parts = ["0", .. parts];
        return new Cron(
        [
            CronField.Parse(parts[0], 0, 59, "second"), CronField.Parse(parts[1], 0, 59, "minute"), CronField.Parse(parts[2], 0, 23, "hour"),
            CronField.Parse(parts[3], 1, 31, "day of month"), CronField.Parse(parts[4], 1, 12, "month", Months), CronField.Parse(parts[5], 0, 7, "day of week", Days),
        ], text);
    }

    /// <summary>The first date after; null when there is none within 20 years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var from = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        DateTimeOffset? best = null;
        for (var wall = AtOrAfter(Floor(from - ShiftNear(after, zone))); wall is { } w; wall = AtOrAfter(w.AddSeconds(1)))
        {
            if (best is { } found && w > TimeZoneInfo.ConvertTime(found, zone).DateTime + ShiftNear(found, zone)) break;
            foreach (var instant in Instants(w, zone))
                if (instant > after && (best is null || instant < best)) best = instant;
            if (best is { } b && ShiftNear(b, zone) == TimeSpan.Zero) break;
        }
        return best is { } result ? TimeZoneInfo.ConvertTime(result, zone) : null;
    }

    /// <summary>The last date before; null when there is none within 20 years.</summary>
    public DateTimeOffset? Previous(DateTimeOffset before, TimeZoneInfo zone)
    {
        var from = TimeZoneInfo.ConvertTime(before, zone).DateTime;
        DateTimeOffset? best = null;
        for (var wall = AtOrBefore(Floor(from + ShiftNear(before, zone))); wall is { } w; wall = AtOrBefore(w.AddSeconds(-1)))
        {
            if (best is { } found && w < TimeZoneInfo.ConvertTime(found, zone).DateTime - ShiftNear(found, zone)) break;
            foreach (var instant in Instants(w, zone))
                if (instant < before && (best is null || instant > best)) best = instant;
            if (best is { } b && ShiftNear(b, zone) == TimeSpan.Zero) break;
        }
        return best is { } result ? TimeZoneInfo.ConvertTime(result, zone) : null;
    }

    private static string Nickname(string text, ref bool withSeconds)
    {
        var meaning = text.ToLowerInvariant() switch
        {
            "@yearly" or "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" or "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            _ => null,
        };
        if (meaning is not null) withSeconds = false;
        return meaning ?? text;
    }

    /// <summary>By how much the clocks are changed within hours of a moment; zero nearly always.</summary>
    private static TimeSpan ShiftNear(DateTimeOffset instant, TimeZoneInfo zone) => (zone.GetUtcOffset(instant + NearChange) - zone.GetUtcOffset(instant - NearChange)).Duration();

    private static DateTime Floor(DateTime wall) => new(wall.Ticks - wall.Ticks % TimeSpan.TicksPerSecond);

    /// <summary>
    /// When the clocks on the wall show this: not at all, once or twice. Found from the offsets of moments alone: whether a time on the wall is invalid or comes twice, the framework
    /// says wrongly for zones whose winter time is the exception (Europe/Dublin).
    /// </summary>
    private IEnumerable<DateTimeOffset> Instants(DateTime wall, TimeZoneInfo zone)
    {
        var utc = new DateTimeOffset(wall, TimeSpan.Zero);
        var (old, now) = (zone.GetUtcOffset(utc.AddDays(-1)), zone.GetUtcOffset(utc.AddDays(1)));
        if (old == now)
        {
            yield return new DateTimeOffset(wall, old);
            yield break;
        }
        var (isOld, isNow) = (zone.GetUtcOffset(utc - old) == old, zone.GetUtcOffset(utc - now) == now);
        if (isOld) yield return new DateTimeOffset(wall, old);
        if (isNow && (!isOld || hours.IsEvery)) yield return new DateTimeOffset(wall, now);
        if (!isOld && !isNow && !hours.IsEvery) yield return Change(utc - now, utc - old, now, zone);
    }

    /// <summary>The first moment of an offset that holds at the end of a time, not yet at its start.</summary>
    private static DateTimeOffset Change(DateTimeOffset start, DateTimeOffset end, TimeSpan offset, TimeZoneInfo zone)
    {
        while (end - start > TimeSpan.FromSeconds(1))
        {
            var middle = start + TimeSpan.FromSeconds(Math.Floor((end - start).TotalSeconds / 2));
            if (zone.GetUtcOffset(middle) == offset) end = middle;
            else start = middle;
        }
        return end.ToOffset(offset);
    }

    private DateTime? AtOrAfter(DateTime wall)
    {
        var limit = Math.Min(wall.Year + 20, 9998);
        for (var day = wall.Date; day.Year <= limit; day = day.AddDays(1))
        {
            if (!months.Has(day.Month))
            {
                day = new DateTime(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));
                continue;
            }
            if (IsDay(day) && TimeAtLeast(day == wall.Date ? wall.TimeOfDay : TimeSpan.Zero) is { } time) return day + time;
        }
        return null;
    }

    private DateTime? AtOrBefore(DateTime wall)
    {
        var limit = Math.Max(wall.Year - 20, 2);
        for (var day = wall.Date; day.Year >= limit; day = day.AddDays(-1))
        {
            if (!months.Has(day.Month))
            {
                day = new DateTime(day.Year, day.Month, 1);
                continue;
            }
            if (IsDay(day) && TimeAtMost(day == wall.Date ? wall.TimeOfDay : new TimeSpan(23, 59, 59)) is { } time) return day + time;
        }
        return null;
    }

    private bool IsDay(DateTime day)
    {
        var (inMonth, inWeek) = (days.Has(day.Day), weekdays.Has((int)day.DayOfWeek));
        return days.IsEvery || weekdays.IsEvery ? inMonth && inWeek : inMonth || inWeek;
    }

    private TimeSpan? TimeAtLeast(TimeSpan time)
    {
        for (var hour = hours.AtLeast(time.Hours); hour >= 0; hour = hours.AtLeast(hour + 1))
        {
            var sameHour = hour == time.Hours;
            for (var minute = minutes.AtLeast(sameHour ? time.Minutes : 0); minute >= 0; minute = minutes.AtLeast(minute + 1))
            {
                var second = seconds.AtLeast(sameHour && minute == time.Minutes ? time.Seconds : 0);
                if (second >= 0) return new TimeSpan(hour, minute, second);
            }
        }
        return null;
    }

    private TimeSpan? TimeAtMost(TimeSpan time)
    {
        for (var hour = hours.AtMost(time.Hours); hour >= 0; hour = hours.AtMost(hour - 1))
        {
            var sameHour = hour == time.Hours;
            for (var minute = minutes.AtMost(sameHour ? time.Minutes : 59); minute >= 0; minute = minutes.AtMost(minute - 1))
            {
                var second = seconds.AtMost(sameHour && minute == time.Minutes ? time.Seconds : 59);
                if (second >= 0) return new TimeSpan(hour, minute, second);
            }
        }
        return null;
    }
}
