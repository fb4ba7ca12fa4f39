using FlowApps.Domain.Flows;

namespace FlowApps.Domain.Logs;

/// <summary>A metric that a task of a flow has given out, now or in an earlier revision.</summary>
public sealed record MetricName(string TaskId, string Name, MetricKind Kind);

public enum MetricAggregation { Sum, Avg, Min, Max }

public enum MetricInterval { Minute, Hour, Day, Week, Month }

/// <summary>How a metric of a flow went over time. <c>TaskIds</c>: of these tasks only.</summary>
public sealed record MetricTrendQuery(FlowId Flow, IReadOnlyList<string> TaskIds, string Name, DateTimeOffset From, DateTimeOffset To, MetricAggregation Aggregation)
{
    /// <summary>The width of a point, from the length of the time asked for (as Kestra chooses it): minutes up to six hours, hours up to a day, days, weeks, months.</summary>
    public MetricInterval Interval => (To - From) switch
    {
        { TotalDays: > 365 } => MetricInterval.Month,
        { TotalDays: > 180 } => MetricInterval.Week,
        { TotalDays: > 1 } => MetricInterval.Day,
        { TotalHours: > 6 } => MetricInterval.Hour,
        _ => MetricInterval.Minute,
    };

    /// <summary>When each interval begins (UTC; weeks on Monday), from the one that holds <c>From</c> to the one that holds <c>To</c>.</summary>
    public IEnumerable<DateTimeOffset> Beginnings()
    {
        for (var at = BeginningOf(From.UtcDateTime); at <= To.UtcDateTime; at = After(at)) yield return new DateTimeOffset(at, TimeSpan.Zero);
    }

    private DateTime BeginningOf(DateTime at) => Interval switch
    {
        MetricInterval.Minute => at.Date.AddMinutes(Math.Floor(at.TimeOfDay.TotalMinutes)),
        MetricInterval.Hour => at.Date.AddHours(at.Hour),
        MetricInterval.Day => at.Date,
        MetricInterval.Week => at.Date.AddDays(-(((int)at.DayOfWeek + 6) % 7)),
        _ => at.Date.AddDays(1 - at.Day),
    };

    private DateTime After(DateTime at) => Interval switch
    {
        MetricInterval.Minute => at.AddMinutes(1),
        MetricInterval.Hour => at.AddHours(1),
        MetricInterval.Day => at.AddDays(1),
        MetricInterval.Week => at.AddDays(7),
        _ => at.AddMonths(1),
    };
}

/// <summary>The value of one interval, which begins at <c>At</c> (UTC).</summary>
public sealed record MetricPoint(DateTimeOffset At, double Value);
