using FlowApps.Domain.Approvals;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Values;

namespace FlowApps.Domain.Executions;

/// <summary>What is stored of an execution: the snapshot at its version and the events after it.</summary>
public sealed record StoredExecution(Execution? Snapshot, long SnapshotVersion, IReadOnlyList<ExecutionEvent> Tail)
{
    /// <summary>Number of events in the stream.</summary>
    public long Version => SnapshotVersion + Tail.Count;
}

/// <summary>New events of one stream. <c>State</c> is the execution after them; the indexed columns always follow it, the snapshot document only when <c>WriteSnapshot</c>.</summary>
public sealed record StreamAppend(string ExecutionId, long ExpectedVersion, IReadOnlyList<ExecutionEvent> Events, Execution State, bool WriteSnapshot);

/// <summary>Work for a worker, written in the commit that causes it. <c>Owner</c> set = the lease is taken in the same commit by that process.</summary>
public sealed record WorkItem(string Id, string ExecutionId, string TaskRunId, int Attempt, string? Group, string Kind, string? Payload = null)
{
    public string? Owner { get; init; }

    /// <summary>Counts hand-outs; a report with an older epoch is refused.</summary>
    public int Epoch { get; init; } = 1;
    public DateTimeOffset? LeaseUntil { get; init; }
}

/// <summary>A durable wake-up call: when due, its letter is handed to the execution.</summary>
public sealed record Timer(string Id, string ExecutionId, DateTimeOffset Due, ExecutionCommand Command);

/// <summary>A command on its way to an execution (another's, or one's own later). Deleted by the commit that acts on it.</summary>
public sealed record Letter(string Id, string ExecutionId, ExecutionCommand Command);

/// <summary>
/// Everything that happens together. Either all of it is durable when the task of <see cref="IExecutionStore.CommitAsync"/> completes, or nothing.
/// </summary>
public sealed record Commit
{
    public IReadOnlyList<StreamAppend> Appends { get; init; } = [];
    public IReadOnlyList<WorkItem> AddWork { get; init; } = [];

    /// <summary>(work item, epoch): the commit fails as stale when the item is gone or has another epoch.</summary>
    public IReadOnlyList<(string Id, int Epoch)> FinishWork { get; init; } = [];

    /// <summary>Work items of these executions' task runs are withdrawn (killed, timed out).</summary>
    public IReadOnlyList<string> CancelWork { get; init; } = [];
    public IReadOnlyList<Timer> AddTimers { get; init; } = [];
    public IReadOnlyList<string> RemoveTimers { get; init; } = [];
    public IReadOnlyList<Letter> AddLetters { get; init; } = [];
    public IReadOnlyList<string> RemoveLetters { get; init; } = [];
    public IReadOnlyList<Wait> OpenWaits { get; init; } = [];
    public IReadOnlyList<WaitDecision> CloseWaits { get; init; } = [];
    public IReadOnlyList<LogEntry> Logs { get; init; } = [];
    public IReadOnlyList<MetricEntry> Metrics { get; init; } = [];

    /// <summary>Idempotency keys used by this commit and what to answer to a repeat.</summary>
    public IReadOnlyList<InboxEntry> Inbox { get; init; } = [];

    /// <summary>Trigger states that move in the same commit (a tick and its execution are one), each with the version read.</summary>
    public IReadOnlyList<(Triggers.TriggerState State, long ExpectedVersion)> Triggers { get; init; } = [];

    /// <summary>What people are to be told because of it.</summary>
    public IReadOnlyList<Notifications.Notice> Notices { get; init; } = [];

    /// <summary>Documents that move in the same commit.</summary>
    public IReadOnlyList<Values.DocumentWrite> Documents { get; init; } = [];
}

/// <summary>A used idempotency key (scoped by its sender), and the answer. Kept for 30 days at least.</summary>
public sealed record InboxEntry(string Key, string ExecutionId, string? PayloadHash = null, string? Answer = null);

public enum CommitOutcome
{
    Done,

    /// <summary>Another writer was first on a stream, trigger, document or work item: load again and decide again.</summary>
    Conflict,

    /// <summary>An idempotency key was used before: look up its answer.</summary>
    Repeated,
}

public sealed record ExecutionQuery
{
    public string? Text { get; init; }
    public string? Namespace { get; init; }

    /// <summary>True: also the namespaces below.</summary>
    public bool NamespacePrefix { get; init; } = true;
    public string? FlowId { get; init; }
    public IReadOnlyList<State> States { get; init; } = [];
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public IReadOnlyList<Flows.Label> Labels { get; init; } = [];
    public string? TriggerExecutionId { get; init; }

    /// <summary>True: only executions with a parent (subflows); false: only those without.</summary>
    public bool? Child { get; init; }
    public string? CreatedBy { get; init; }
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Also executions of tests, which lists and figures leave out; those that are named by <c>Ids</c> or by their parent are found all the same.</summary>
    public bool Tests { get; init; }

    /// <summary>Only those that hold these words in an answer, whose id ends with them, or that are of one of the flows.</summary>
    public SaidWords? Said { get; init; }
}

/// <summary>What somebody looks for among requests. Looked through are only the rows that the rest of the query leaves, so it names a person or a flow too.</summary>
public sealed record SaidWords(string Text, IReadOnlyList<Flows.FlowId> Flows);

/// <summary>A row of a list, from indexed columns only.</summary>
public sealed record ExecutionSummary(string Id, string Namespace, string FlowId, int FlowRevision, State State, DateTimeOffset StartDate, DateTimeOffset? EndDate, string? CreatedBy, string? TriggerType, IReadOnlyList<Flows.Label> Labels)
{
    public string? ParentId { get; init; }
    public string? OriginalId { get; init; }
    public IReadOnlyDictionary<string, object?> Inputs { get; init; } = Data.Map();
}

/// <summary>Counts of executions by day (UTC) and state, for charts.</summary>
public sealed record ExecutionCount(DateOnly Day, string Namespace, string FlowId, State State, long Count, double AverageSeconds);

/// <summary>Event streams, current states, work, timers, letters: one store, one commit.</summary>
public interface IExecutionStore
{
    Task<StoredExecution?> LoadAsync(string executionId, CancellationToken cancellation);

    /// <summary>The number of events in a stream now; null when there is none. Costs far less than loading.</summary>
    Task<long?> VersionAsync(string executionId, CancellationToken cancellation);

    /// <summary>Events after a version, for time travel and audits.</summary>
    Task<IReadOnlyList<ExecutionEvent>> EventsAsync(string executionId, long fromVersion, int limit, CancellationToken cancellation);

    /// <summary>Group commit: returns when durable. Errors: <see cref="Problems.RefusedException"/> Unavailable when the database is away (nothing was accepted).</summary>
    Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellation);

    Task<InboxEntry?> FindInboxAsync(string key, CancellationToken cancellation);

    Task<Page<ExecutionSummary>> SearchAsync(ExecutionQuery query, PageRequest page, CancellationToken cancellation);

    /// <summary>Derived count of executions in one of the states: what concurrency limits look at.</summary>
    Task<int> CountAsync(Flows.FlowId flow, IReadOnlyList<State> states, CancellationToken cancellation);

    Task<IReadOnlyList<ExecutionCount>> CountByDayAsync(ExecutionQuery query, CancellationToken cancellation);

    /// <summary>The last executions of each flow, newest first, for histories and sparklines.</summary>
    Task<IReadOnlyList<ExecutionSummary>> LatestAsync(IReadOnlyList<Flows.FlowId> flows, int perFlow, CancellationToken cancellation);

    /// <summary>Removes an execution, its events, waits, work and timers.</summary>
    Task<bool> DeleteAsync(string executionId, CancellationToken cancellation);
}

/// <summary>Work for workers, with leases (kestra-semantics 4.7; design: a lease and an epoch).</summary>
public interface IWorkQueue
{
    /// <summary>Takes free or expired items, raising their epoch; skips what others hold, and expired ones of <paramref name="inHand"/>, which the claimer still works on.</summary>
    Task<IReadOnlyList<WorkItem>> ClaimAsync(string owner, IReadOnlyList<string?> groups, int limit, TimeSpan lease, IReadOnlyCollection<string> inHand, CancellationToken cancellation);

    /// <summary>Extends the leases this owner still holds; returns the ids still held.</summary>
    Task<IReadOnlySet<string>> RenewAsync(string owner, IReadOnlyList<string> ids, TimeSpan lease, CancellationToken cancellation);

    /// <summary>Everybody who holds work.</summary>
    Task<IReadOnlyList<string>> OwnersAsync(CancellationToken cancellation);

    /// <summary>Frees what these owners hold, so that it is claimable at once. Returns how many items were freed.</summary>
    Task<int> ReleaseAsync(IReadOnlyCollection<string> owners, CancellationToken cancellation);
}

/// <summary>Timers and letters that are committed but not yet acted on: read at start and by whoever looks for what was left behind.</summary>
public interface IPendingStore
{
    Task<IReadOnlyList<Timer>> TimersAsync(DateTimeOffset dueBefore, int limit, CancellationToken cancellation);
    Task<IReadOnlyList<Letter>> LettersAsync(int limit, CancellationToken cancellation);

    /// <summary>Executions that are not terminal and have no waker row at all (no work, timer, letter, wait, running child): the reconciler nudges them.</summary>
    Task<IReadOnlyList<string>> WithoutWakerAsync(DateTimeOffset idleSince, int limit, CancellationToken cancellation);
}
