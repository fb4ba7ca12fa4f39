namespace FlowApps.Domain.Logs;

public enum LogLevel { Trace, Debug, Info, Warn, Error }

/// <summary>One line of a task's, trigger's or execution's log (kestra-semantics 12.6). Secrets are masked before it is made.</summary>
public sealed record LogEntry
{
    public required string Namespace { get; init; }
    public required string FlowId { get; init; }
    public string? ExecutionId { get; init; }
    public string? TaskId { get; init; }
    public string? TaskRunId { get; init; }
    public int? AttemptNumber { get; init; }
    public string? TriggerId { get; init; }
    public required DateTimeOffset Timestamp { get; init; }
    public required LogLevel Level { get; init; }
    public required string Message { get; init; }
    public string? Thread { get; init; }
}

/// <summary>A figure that a task gave out. <c>Kind</c>: counter, timer (seconds) or gauge.</summary>
public sealed record Metric(string Name, MetricKind Kind, double Value, IReadOnlyDictionary<string, string>? Tags = null);

public enum MetricKind { Counter, Timer, Gauge }

/// <summary>A metric and where it came from.</summary>
public sealed record MetricEntry(string Namespace, string FlowId, string ExecutionId, string TaskId, string TaskRunId, DateTimeOffset Timestamp, Metric Metric);
