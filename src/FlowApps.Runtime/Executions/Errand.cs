using FlowApps.Domain.Executions;
using FlowApps.Domain.Logs;

namespace FlowApps.Runtime.Executions;

/// <summary>A command on its way to one execution, with the rows its commit takes away and who waits for the answer.</summary>
internal sealed record Errand(ExecutionCommand Command)
{
    public string? LetterId { get; init; }
    public string? TimerId { get; init; }

    /// <summary>The work item this command reports on; the commit is refused when another hand-out has replaced it.</summary>
    public (string Id, int Epoch)? Work { get; init; }

    /// <summary>A repeat with the same key changes nothing.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What the asker saw; another version is a conflict.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>The command is meant only if a concurrency slot of the flow is free when it is decided.</summary>
    public bool IfSlotFree { get; init; }

    public IReadOnlyList<LogEntry> Logs { get; init; } = [];
    public IReadOnlyList<MetricEntry> Metrics { get; init; } = [];

    /// <summary>Completed when the effect is durable, or refused.</summary>
    public TaskCompletionSource<Execution>? Answer { get; init; }

    /// <summary>Rows of this errand are still in the store when nobody waits for it, so it can simply be tried again.</summary>
    public bool IsDurable => LetterId is not null || TimerId is not null;
}
