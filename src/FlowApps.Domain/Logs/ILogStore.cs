using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;

namespace FlowApps.Domain.Logs;

/// <summary>Which log lines to read; all given parts must match. <c>MinLevel</c>: that level and above.</summary>
public sealed record LogQuery
{
    public string? ExecutionId { get; init; }
    public string? TaskRunId { get; init; }
    public IReadOnlyList<string> TaskIds { get; init; } = [];
    public string? TriggerId { get; init; }
    public int? Attempt { get; init; }
    public string? Namespace { get; init; }
    public string? FlowId { get; init; }
    public string? Text { get; init; }
    public LogLevel? MinLevel { get; init; }

    /// <summary>Exactly these levels; empty = all.</summary>
    public IReadOnlyList<LogLevel> Levels { get; init; } = [];
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
}

/// <summary>Logs and metrics live beside the event streams, written in batches. Append returns when the lines are durable.</summary>
public interface ILogStore
{
    Task AppendAsync(IReadOnlyList<LogEntry> entries, CancellationToken cancellation);
    Task AppendMetricsAsync(IReadOnlyList<MetricEntry> entries, CancellationToken cancellation);
    Task<Page<LogEntry>> SearchAsync(LogQuery query, PageRequest page, CancellationToken cancellation);
    Task<Page<MetricEntry>> MetricsAsync(string executionId, string? taskRunId, PageRequest page, CancellationToken cancellation);

    /// <summary>Which metrics a flow's tasks have given out, by task and name.</summary>
    Task<IReadOnlyList<MetricName>> MetricNamesAsync(FlowId flow, CancellationToken cancellation);

    /// <summary>Oldest first; intervals without a value are left out.</summary>
    Task<IReadOnlyList<MetricPoint>> MetricTrendAsync(MetricTrendQuery query, CancellationToken cancellation);
    Task<long> DeleteAsync(LogQuery query, CancellationToken cancellation);
    Task<long> DeleteMetricsAsync(string executionId, CancellationToken cancellation);
}
