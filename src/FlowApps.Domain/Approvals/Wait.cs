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

    /// <summary>Who may decide; both empty = everyone with the right to approve in the namespace.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>How it was decided; null while open.</summary>
    public WaitDecision? Decision { get; init; }
}

/// <summary>Who decided what and when. <c>Outcome</c>: approved, rejected, or timed out words of the flow.</summary>
public sealed record WaitDecision(string ExecutionId, string TaskRunId, string Outcome, string? By, DateTimeOffset At, string? Comment = null, IReadOnlyDictionary<string, object?>? Inputs = null);

public sealed record WaitQuery(bool Open = true, string? User = null, IReadOnlyList<string>? Groups = null, string? Namespace = null, string? DecidedBy = null, string? Text = null);

/// <summary>The approver's inbox, read from rows written with the events.</summary>
public interface IWaitStore
{
    Task<Wait?> FindAsync(string executionId, string taskRunId, CancellationToken cancellation);
    Task<IReadOnlyList<Wait>> OfExecutionAsync(string executionId, CancellationToken cancellation);
    Task<Page<Wait>> SearchAsync(WaitQuery query, PageRequest page, CancellationToken cancellation);
}
