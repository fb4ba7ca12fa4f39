using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;

namespace FlowApps.Domain.Triggers;

public readonly record struct TriggerKey(string Namespace, string FlowId, string TriggerId)
{
    public FlowId Flow => new(Namespace, FlowId);
}

/// <summary>The stored state of a trigger (kestra-semantics 10.2). <c>NextExecutionDate</c> is the row that makes it due, never only a display.</summary>
public sealed record TriggerState
{
    public required TriggerKey Key { get; init; }
    public required string Type { get; init; }
    public int FlowRevision { get; init; }
    public DateTimeOffset? Date { get; init; }
    public DateTimeOffset? NextExecutionDate { get; init; }
    public string? ExecutionId { get; init; }
    public DateTimeOffset? EvaluateRunningDate { get; init; }
    public string? WorkerId { get; init; }
    public DateTimeOffset? UpdatedDate { get; init; }
    public bool Disabled { get; init; }
    public IReadOnlyList<State> StopAfter { get; init; } = [];
    public Backfill? Backfill { get; init; }

    /// <summary>Kept by the trigger itself between evaluations.</summary>
    public IReadOnlyDictionary<string, object?>? Memory { get; init; }
}

public sealed record Backfill(DateTimeOffset Start, DateTimeOffset? End = null, DateTimeOffset? CurrentDate = null, bool Paused = false)
{
    public IReadOnlyDictionary<string, object?>? Inputs { get; init; }
    public IReadOnlyList<Label> Labels { get; init; } = [];
    public DateTimeOffset? PreviousNextExecutionDate { get; init; }
}

/// <summary><c>Locked</c>: an execution or an evaluation is under way.</summary>
public sealed record TriggerQuery(string? Namespace = null, string? FlowId = null, string? Text = null, string? Type = null, bool? Disabled = null, bool? Locked = null);

/// <summary>Trigger states are rows. Writes carry the version read; false means somebody else was first.</summary>
public interface ITriggerStore
{
    Task<(TriggerState State, long Version)?> LoadAsync(TriggerKey key, CancellationToken cancellation);
    Task<bool> StoreAsync(TriggerState state, long? expectedVersion, CancellationToken cancellation);
    Task DeleteAsync(TriggerKey key, CancellationToken cancellation);

    /// <summary>Enabled, unlocked triggers whose next date is due, earliest first.</summary>
    Task<IReadOnlyList<(TriggerState State, long Version)>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>When the next one will be due; null when none is planned.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation);
    Task<Page<TriggerState>> SearchAsync(TriggerQuery query, PageRequest page, CancellationToken cancellation);
}
