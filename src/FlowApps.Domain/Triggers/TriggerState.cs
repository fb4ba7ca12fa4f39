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

public sealed record TriggerQuery(string? Namespace = null, string? FlowId = null, string? Text = null, string? Type = null, bool? Disabled = null)
{
    /// <summary>Held by an execution or an evaluation.</summary>
    public bool? Locked { get; init; }

    /// <summary>Due at this moment or before, locked ones too.</summary>
    public DateTimeOffset? DueBy { get; init; }
}

/// <summary>Trigger states are rows. Writes carry the version read; false means somebody else was first.</summary>
public interface ITriggerStore
{
    Task<(TriggerState State, long Version)?> LoadAsync(TriggerKey key, CancellationToken cancellation);

    /// <summary>All or none. Expected 0: the row is new.</summary>
    Task<bool> StoreAsync(IReadOnlyList<(TriggerState State, long ExpectedVersion)> rows, CancellationToken cancellation);
    Task DeleteAsync(TriggerKey key, CancellationToken cancellation);

    /// <summary>All rows of one flow.</summary>
    Task<IReadOnlyList<(TriggerState State, long Version)>> OfFlowAsync(Flows.FlowId flow, CancellationToken cancellation);

    /// <summary>Notes that a flow's triggers of this revision have their rows, and how many these are.</summary>
    Task PlannedAsync(Flows.FlowId flow, int revision, int triggers, CancellationToken cancellation);

    /// <summary>Flows never planned or changed since. Cheap however many flows there are.</summary>
    Task<IReadOnlyList<Flows.FlowId>> UnplannedAsync(CancellationToken cancellation);

    /// <summary>Flows whose rows are not those of their newest revision: never planned, changed since, rows missing or too many, or rows without a flow. Compares all flows with all rows.</summary>
    Task<IReadOnlyList<Flows.FlowId>> AstrayAsync(CancellationToken cancellation);

    /// <summary>Enabled, unlocked triggers whose next date is due, earliest first.</summary>
    Task<IReadOnlyList<(TriggerState State, long Version)>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>When the next one will be due; null when none is planned.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation);
    Task<Page<TriggerState>> SearchAsync(TriggerQuery query, PageRequest page, CancellationToken cancellation);
}
