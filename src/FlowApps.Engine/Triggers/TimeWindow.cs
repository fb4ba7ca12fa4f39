using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;

namespace FlowApps.Engine.Triggers;

/// <summary>The time within which everything that a multiple condition waits for must have happened (kestra-semantics 10.7).</summary>
public sealed record TimeWindow : IWindow, IValidated
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public TimeWindowType Type { get; init; }

    /// <summary>DAILY_TIME_DEADLINE: until then each day.</summary>
    public TimeOnly? Deadline { get; init; }

    /// <summary>DURATION_WINDOW, SLIDING_WINDOW: how long; one day by default.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>DURATION_WINDOW: how far its beginnings are moved from midnight UTC.</summary>
    public TimeSpan? WindowAdvance { get; init; }

    /// <summary>DAILY_TIME_WINDOW: from and to, each day.</summary>
    public TimeOnly? StartTime { get; init; }
    public TimeOnly? EndTime { get; init; }

    /// <summary>The window that a moment falls into; null when it falls into none.</summary>
    public (DateTimeOffset Start, DateTimeOffset End)? At(DateTimeOffset now)
    {
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return Type switch
        {
            TimeWindowType.SlidingWindow => (now - (Window ?? Day), now),
            TimeWindowType.DailyTimeDeadline => now < midnight + Deadline!.Value.ToTimeSpan() ? (midnight, midnight + Deadline.Value.ToTimeSpan()) : null,
            TimeWindowType.DailyTimeWindow => now >= midnight + StartTime!.Value.ToTimeSpan() && now < midnight + EndTime!.Value.ToTimeSpan()
                ? (midnight + StartTime.Value.ToTimeSpan(), midnight + EndTime.Value.ToTimeSpan()) : null,
            _ => Recurring(now, Window ?? Day, WindowAdvance ?? TimeSpan.Zero),
        };
    }

    public IEnumerable<Problem> Validate()
    {
        var word = Type switch { TimeWindowType.DailyTimeDeadline => "DAILY_TIME_DEADLINE", TimeWindowType.DailyTimeWindow => "DAILY_TIME_WINDOW", TimeWindowType.SlidingWindow => "SLIDING_WINDOW", _ => "DURATION_WINDOW" };
        Problem Wrong(string what) => new("invalid_window", $"Time window of type `{word}` {what}");
        switch (Type)
        {
            case TimeWindowType.DailyTimeDeadline:
                if (Deadline is null) yield return Wrong("must have a deadline.");
                if (Window is not null || WindowAdvance is not null) yield return Wrong("cannot have a window.");
                if (StartTime is not null || EndTime is not null) yield return Wrong("cannot have a start or end date.");
                break;
            case TimeWindowType.DailyTimeWindow:
                if (StartTime is null || EndTime is null) yield return Wrong("must have a start and end time.");
                if (Window is not null || WindowAdvance is not null) yield return Wrong("cannot have a window.");
                if (Deadline is not null || Window is not null) yield return Wrong("cannot have a deadline.");
                break;
            default:
                if (Deadline is not null) yield return Wrong("cannot have a deadline.");
                if (StartTime is not null || EndTime is not null) yield return Wrong("cannot have a start or end date.");
                break;
        }
    }

    private static (DateTimeOffset, DateTimeOffset) Recurring(DateTimeOffset now, TimeSpan window, TimeSpan advance)
    {
        var ticks = (now.UtcTicks - advance.Ticks) / window.Ticks * window.Ticks + advance.Ticks;
        return (new DateTimeOffset(ticks, TimeSpan.Zero), new DateTimeOffset(ticks + window.Ticks, TimeSpan.Zero));
    }
}
