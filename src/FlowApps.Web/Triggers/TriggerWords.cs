using FlowApps.Domain.Triggers;
using FlowApps.Engine.Triggers;
using FlowApps.Web.Flows.Topology;
using FlowApps.Web.Look;

namespace FlowApps.Web.Triggers;

/// <summary>What starts a trigger, in words, and its icon.</summary>
public static class TriggerWords
{
    public static string Of(TriggerDefinition? definition, string type) => definition switch
    {
        Schedule schedule => $"{Cron(schedule.Cron)}{(schedule.Timezone is { } zone ? $", {zone}" : "")}",
        ScheduleOnDates => "on named dates",
        Webhook => "a call of its web address",
        PollingTrigger { Interval: { } interval } => $"looks every {Durations.Words(interval)}",
        RealtimeTrigger => "each message, at once",
        null => TopologyLayout.KindOf(type),
        _ when TopologyLayout.KindOf(type) == "Flow" => "when other flows end",
        _ => TopologyLayout.KindOf(type),
    };

    public static string Icon(string type) => TopologyLayout.KindOf(type) switch
    {
        "Schedule" or "ScheduleOnDates" => "calendar-time", // icon
        "Webhook" => "webhook", // icon
        "Flow" => "git-merge", // icon
        _ => "bolt", // icon
    };

    /// <summary>The everyday ones in words, the others as they are written.</summary>
    private static string Cron(string cron)
    {
        if (cron.StartsWith('@')) return Nickname(cron);
        var fields = cron.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5) return cron;
        var (minute, hour, day, month, week) = (fields[0], fields[1], fields[2], fields[3], fields[4]);
        if (month != "*") return cron;
        if (cron is "* * * * *") return "every minute";
        if (hour == "*" && day == "*" && week == "*") return minute.StartsWith("*/", StringComparison.Ordinal) ? $"every {minute[2..]} minutes" : int.TryParse(minute, out var at) ? $"every hour at :{at:00}" : cron;
        if (!int.TryParse(minute, out var m) || !int.TryParse(hour, out var h)) return cron;
        var time = $"{h:00}:{m:00}";
        return (day, week) switch
        {
            ("*", "*") => $"every day at {time}",
            ("*", "1-5" or "MON-FRI") => $"weekdays at {time}",
            ("*", _) when int.TryParse(week, out var of) && of is >= 0 and <= 7 => $"every {(DayOfWeek)(of % 7)} at {time}",
            (_, "*") when int.TryParse(day, out var on) => $"on day {on} of each month at {time}",
            _ => cron,
        };
    }

    private static string Nickname(string cron) => cron.ToLowerInvariant() switch
    {
        "@hourly" => "every hour at :00",
        "@daily" or "@midnight" => "every day at 00:00",
        "@weekly" => "every Sunday at 00:00",
        "@monthly" => "on day 1 of each month at 00:00",
        "@yearly" or "@annually" => "on 1 January at 00:00",
        _ => cron,
    };
}
