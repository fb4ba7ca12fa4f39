using System.Text.Json.Serialization;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Triggers;

/// <summary>Starts executions at the dates of a cron expression.</summary>
[Plugin("core.trigger.Schedule", "io.kestra.core.models.triggers.types.Schedule", Icon = "calendar-time")]
public sealed record Schedule : TriggerDefinition, IScheduled, IValidated
{
    /// <summary>So many dates are looked at for one whose conditions hold.</summary>
    private const int Patience = 10_000;

    private Cron? cron;
    private TimeZoneInfo? zone;

    /// <summary>Minute, hour, day of month, month, day of week; or @hourly, @daily, @weekly, @monthly, @yearly.</summary>
    public required string Cron { get; init; }

    /// <summary>The expression has a field for seconds, first.</summary>
    public bool WithSeconds { get; init; }

    /// <summary>The zone of the dates, such as Europe/Paris; the server's by default.</summary>
    public string? Timezone { get; init; }

    /// <summary>A date older than this is skipped.</summary>
    public TimeSpan? LateMaximumDelay { get; init; }

    /// <summary>Which dates missed while the server was down are made up for.</summary>
    public RecoverMissedSchedules? RecoverMissedSchedules { get; init; }

    /// <summary>Old name of <c>conditions</c>.</summary>
    [Deprecated("conditions")]
    public IReadOnlyList<Condition> ScheduleConditions { get; init; } = [];

    /// <summary>A schedule has a cron expression, no interval.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Old; a backfill is asked for by a person.</summary>
    [Deprecated("the backfill of the trigger's page")]
    public IReadOnlyDictionary<string, object?>? Backfill { get; init; }

    [JsonIgnore]
    internal Cron Dates => cron ??= Triggers.Cron.Parse(Cron, WithSeconds);

    [JsonIgnore]
    internal TimeZoneInfo Zone => zone ??= TimeZones.Find(Timezone);

    public DateTimeOffset? NextDate(DateTimeOffset after, DateCheck check) => Search(after, date => Dates.Next(date, Zone), check);

    public DateTimeOffset? PreviousDate(DateTimeOffset before, DateCheck check) => Search(before, date => Dates.Previous(date, Zone), check);

    public string Text(DateTimeOffset date) => Schedules.Text(date, Zone);

    public IEnumerable<Problem> Validate()
    {
        if (Problem(() => Triggers.Cron.Parse(Cron, WithSeconds)) is { } wrong) yield return new Problem("invalid_cron", wrong, "cron");
        if (Timezone is not null && Problem(() => TimeZones.Find(Timezone)) is { } unknown) yield return new Problem("invalid_timezone", unknown, "timezone");
        if (Interval is not null) yield return new Problem("not_allowed", "must be null", "interval", Suggestion: "Remove it: the cron expression says when.");
    }

    private static string? Problem(Func<object> parse)
    {
        try
        {
            parse();
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private DateTimeOffset? Search(DateTimeOffset from, Func<DateTimeOffset, DateTimeOffset?> step, DateCheck check)
    {
        var date = step(from);
        for (var i = 0; date is { } found && i < Patience; i++, date = step(found))
            if (Conditions.Count + ScheduleConditions.Count == 0 && When is null || check(Schedules.OnlyDate(this, found))) return found;
        return null;
    }
}
