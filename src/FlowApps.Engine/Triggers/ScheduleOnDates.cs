using System.Globalization;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Triggers;

/// <summary>Starts executions at given dates.</summary>
[Plugin("core.trigger.ScheduleOnDates", Icon = "calendar-event")]
public sealed record ScheduleOnDates : TriggerDefinition, IScheduled, IValidated
{
    /// <summary>
    /// The dates, such as 2030-01-31T09:00:00Z; without an offset in <c>timezone</c>. Expressions are rendered when the flow is saved, when the trigger is switched on and after each date.
    /// </summary>
    public required Property<IReadOnlyList<string>> Dates { get; init; }

    /// <summary>The zone of dates without an offset.</summary>
    public string? Timezone { get; init; }

    public RecoverMissedSchedules? RecoverMissedSchedules { get; init; }

    public TimeSpan? LateMaximumDelay => null;

    public DateTimeOffset? NextDate(DateTimeOffset after, DateCheck check) => Sorted().Where(date => date > after && Passes(date, check)).Cast<DateTimeOffset?>().FirstOrDefault();

    public DateTimeOffset? PreviousDate(DateTimeOffset before, DateCheck check) => Sorted().Where(date => date < before && Passes(date, check)).Cast<DateTimeOffset?>().LastOrDefault();

    public string Text(DateTimeOffset date) => Schedules.Text(date, TimeZones.Find(Timezone));

    public IEnumerable<Problem> Validate()
    {
        string? wrong = null;
        try
        {
            TimeZones.Find(Timezone);
        }
        catch (FormatException e)
        {
            wrong = e.Message;
        }
        if (wrong is not null) yield return new Problem("invalid_timezone", wrong, "timezone");
        else if (WrongDate() is { } date) yield return new Problem("invalid_date", date, "dates");
    }

    public IScheduled Rendered(Func<string, string> render) => IsDynamic ? this with { Dates = new Property<IReadOnlyList<string>>(List(Dates.Raw, render)) } : this;

    private bool IsDynamic => List(Dates.Raw is string text ? new List<object?> { text } : Dates.Raw, same => same).Any(date => date.Contains("{{", StringComparison.Ordinal) || date.Contains("{%", StringComparison.Ordinal));

    private string? WrongDate()
    {
        try
        {
            if (!IsDynamic) _ = Sorted().Count();
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private bool Passes(DateTimeOffset date, DateCheck check) => (Conditions.Count == 0 && When is null) || check(Schedules.OnlyDate(this, date));

    private IEnumerable<DateTimeOffset> Sorted()
    {
        var zone = TimeZones.Find(Timezone);
        return List(Dates.Raw, same => same).Select(text => Read(text, zone)).Order();
    }

    private static IReadOnlyList<string> List(object raw, Func<string, string> render) => raw is string or IReadOnlyList<object?>
        ? PropertyConversion.To<IReadOnlyList<string>>(raw, render, list => ((IReadOnlyList<object?>)list!).Select(date => date is string text ? render(text) : date).ToList()) ?? []
        : throw new FormatException("The dates are a list.");

    private static DateTimeOffset Read(string text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var date)) throw new FormatException($"'{text}' is not a date-time such as 2030-01-31T09:00:00Z.");
        return date.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(date, zone.GetUtcOffset(date)) : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }
}
