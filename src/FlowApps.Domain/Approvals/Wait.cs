using FlowApps.Domain.Values;

namespace FlowApps.Domain.Approvals;

/// <summary>An open question to people: one paused task run. Opened and closed in the commit of the event that causes it.</summary>
public sealed record Wait
{
    public required string ExecutionId { get; init; }
    public required string TaskRunId { get; init; }
    public required string TaskId { get; init; }
    public required string Namespace { get; init; }
    public required string FlowId { get; init; }
    public required DateTimeOffset Since { get; init; }
    public DateTimeOffset? Due { get; init; }
    public string? Title { get; init; }
    public string? Requester { get; init; }
    public Urgency Urgency { get; init; } = Urgency.Normal;

    /// <summary>What it is about in the flow's own unit (money, days), for places that were given up to a limit; null: not said.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Who is still wanted; both empty = everyone with the right to approve in the namespace.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];
    public IReadOnlyList<string> Groups { get; init; } = [];

    public ApprovalPolicy Policy { get; init; } = new();

    /// <summary>Counts from 1, one more each time the answers change: votes of earlier rounds no longer count.</summary>
    public int Round { get; init; } = 1;

    /// <summary>When this round began; null: <c>Since</c>.</summary>
    public DateTimeOffset? RoundSince { get; init; }
    public IReadOnlyList<Vote> Votes { get; init; } = [];
    public IReadOnlyList<HeldBallot> Held { get; init; } = [];
    public IReadOnlyList<AnswerEdit> Edits { get; init; } = [];

    /// <summary>What was asked back and answered, oldest first.</summary>
    public IReadOnlyList<Remark> Remarks { get; init; } = [];

    /// <summary>Set while the requester changes answers: nobody decides meanwhile.</summary>
    public ChangeRequest? Changes { get; init; }

    /// <summary>Who took it on: a sign for colleagues, not a lock.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>When those who are wanted were last reminded, and when others were asked because nobody decided.</summary>
    public DateTimeOffset? RemindedAt { get; init; }
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>How it was decided; null while open.</summary>
    public WaitDecision? Decision { get; init; }
}

/// <summary>Who decided what and when. <c>Outcome</c>: approved, rejected, or timed out words of the flow.</summary>
public sealed record WaitDecision(string ExecutionId, string TaskRunId, string Outcome, string? By, DateTimeOffset At, string? Comment = null, IReadOnlyDictionary<string, object?>? Inputs = null)
{
    /// <summary>What the outcome did; null when it was none of the question's own (time, a stop).</summary>
    public OutcomeKind? Kind { get; init; }

    /// <summary>The words of its button, when the flow gave some.</summary>
    public string? Label { get; init; }
}

/// <summary>A person as far as questions are concerned. The scope narrows where somebody decides in their place (delegation); with a limit, only questions that say an amount up to it.</summary>
public sealed record Voice(string User, IReadOnlyList<string> Groups, string? Namespace = null, string? FlowId = null, decimal? Limit = null);

/// <summary>What a question is to somebody.</summary>
public enum WaitLane
{
    /// <summary>Theirs to decide now, by name or by group.</summary>
    ToDecide,

    /// <summary>To decide, and named, taken on, or somebody's whose place they take.</summary>
    Assigned,

    /// <summary>To decide, but so could others.</summary>
    Available,

    /// <summary>They took part, and now it waits for others.</summary>
    WithOthers,

    /// <summary>Decided, and they took part.</summary>
    Decided,

    /// <summary>They asked, and are to change answers.</summary>
    ToChange,
}

/// <summary>What to find. Without a lane: all that is open, or (<c>Open</c> false) all that is decided.</summary>
public sealed record WaitQuery(bool Open = true, string? Namespace = null, string? FlowId = null, string? Text = null)
{
    public WaitLane? Lane { get; init; }

    /// <summary>For whom; wanted with a lane.</summary>
    public Voice? Person { get; init; }

    /// <summary>In whose place the person may decide.</summary>
    public IReadOnlyList<Voice> InPlaceOf { get; init; } = [];
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>Only those that are so pressing at least.</summary>
    public Urgency? AtLeast { get; init; }
}

/// <summary>How long decisions took from asking, in an asker's view of the last weeks.</summary>
public sealed record DecisionPace(long Decided, TimeSpan? Median, TimeSpan? Slowest, long LateNow, long OpenNow);

/// <summary>The approver's inbox, read from rows written with the events.</summary>
public interface IWaitStore
{
    Task<Wait?> FindAsync(string executionId, string taskRunId, CancellationToken cancellation);
    Task<IReadOnlyList<Wait>> OfExecutionAsync(string executionId, CancellationToken cancellation);

    /// <summary>Open ones by urgency, then in the order of asking, decided ones the newest first; or by <c>due</c>, <c>since</c>, <c>decidedAt</c>.</summary>
    Task<Page<Wait>> SearchAsync(WaitQuery query, PageRequest page, CancellationToken cancellation);

    /// <summary>Time to decision of what a person took part in since a moment, and what is open for them now.</summary>
    Task<DecisionPace> PaceAsync(WaitQuery toDecide, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Decided questions of one task, the newest first: what was answered before to the like.</summary>
    Task<IReadOnlyList<Wait>> LikeAsync(string ns, string flowId, string taskId, int limit, CancellationToken cancellation);
}
