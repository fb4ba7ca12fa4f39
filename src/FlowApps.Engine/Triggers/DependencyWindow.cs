using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;

namespace FlowApps.Engine.Triggers;

/// <summary>
/// The time within which the flows of <c>dependsOn</c> must have ended: until a <c>deadline</c> each day, <c>from</c> and <c>to</c> each day, <c>every</c> so often, or a <c>lookback</c> from now.
/// </summary>
public sealed record DependencyWindow : IWindow, IValidated
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Until this time each day, such as 09:00:00 or 09:00:00+01:00.</summary>
    public string? Deadline { get; init; }

    /// <summary>From this time each day.</summary>
    public string? From { get; init; }

    /// <summary>To this time each day.</summary>
    public string? To { get; init; }

    /// <summary>Windows of this length, one after the other; one day when nothing else is said.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>With <c>every</c>: how far the windows are moved from midnight.</summary>
    public TimeSpan? Offset { get; init; }

    /// <summary>Counted back from the moment of each look.</summary>
    public TimeSpan? Lookback { get; init; }

    /// <summary>The zone of times and midnights; that of the server by default.</summary>
    public string? Timezone { get; init; }

    /// <summary>Starts at most one execution per window.</summary>
    public bool FireOnce { get; init; }

    public (DateTimeOffset Start, DateTimeOffset End)? At(DateTimeOffset now)
    {
        var zone = TimeZones.Find(Timezone);
        if (Lookback is { } back) return (now - back, now);
        if (Deadline is not null) return Within(DailyTime.Parse(Deadline).MidnightOf(now, zone), DailyTime.Parse(Deadline).OnDayOf(now, zone), now);
        if (From is not null && To is not null) return Within(DailyTime.Parse(From).OnDayOf(now, zone), DailyTime.Parse(To).OnDayOf(now, zone), now);
        return Recurring(now, Every ?? Day, zone.GetUtcOffset(now) - (Offset ?? TimeSpan.Zero));
    }

    /// <summary>When the window that ends next ends; null when nobody can miss it.</summary>
    public DateTimeOffset? NextEnd(DateTimeOffset after)
    {
        var zone = TimeZones.Find(Timezone);
        return (Deadline ?? To) is { } end ? DailyTime.Parse(end).NextAfter(after, zone) : Every is null ? null : At(after)!.Value.End;
    }

    public IEnumerable<Problem> Validate()
    {
        if (new[] { Deadline is not null, From is not null || To is not null, Every is not null, Lookback is not null }.Count(said => said) > 1)
            yield return new Problem("invalid_window", "A window is one of `deadline`, `from` and `to`, `every`, `lookback`.", Suggestion: "Keep one of them.");
        if (From is null != To is null) yield return new Problem("invalid_window", "`from` and `to` are given together.");
        if (Offset is not null && Every is null) yield return new Problem("invalid_window", "`offset` moves the windows of `every`; without `every` it means nothing.", "offset");
        if (Every <= TimeSpan.Zero) yield return new Problem("invalid_window", "must be longer than nothing", "every");
        foreach (var (name, text) in new[] { ("deadline", Deadline), ("from", From), ("to", To) })
            if (text is not null && Wrong(() => DailyTime.Parse(text)) is { } wrong) yield return new Problem("invalid_time", wrong, name);
        if (Timezone is not null && Wrong(() => TimeZones.Find(Timezone)) is { } unknown) yield return new Problem("invalid_timezone", unknown, "timezone");
    }

    private static string? Wrong(Func<object> parse)
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

    private static (DateTimeOffset, DateTimeOffset)? Within(DateTimeOffset start, DateTimeOffset end, DateTimeOffset now) => now >= start && now < end ? (start, end) : null;

    private static (DateTimeOffset, DateTimeOffset) Recurring(DateTimeOffset now, TimeSpan every, TimeSpan shift)
    {
        var ticks = (now.UtcTicks + shift.Ticks) / every.Ticks * every.Ticks - shift.Ticks;
        return (new DateTimeOffset(ticks, TimeSpan.Zero), new DateTimeOffset(ticks + every.Ticks, TimeSpan.Zero));
    }
}
