using FlowApps.Domain.Approvals;
using FlowApps.Domain.Values;
using FlowApps.Engine.Approvals;

namespace FlowApps.Web.Api.Approvals;

/// <summary>A question as programs read it.</summary>
public sealed record WaitJson(string ExecutionId, string TaskRunId, string TaskId, string Namespace, string FlowId, string? Title, string? Requester, DateTimeOffset Since, DateTimeOffset? Due, int Round)
{
    public required IReadOnlyList<StageJson> Stages { get; init; }
    public required IReadOnlyList<ApprovalOutcome> Outcomes { get; init; }
    public required IReadOnlyList<VoteJson> Decisions { get; init; }
    public required IReadOnlyList<AnswerEdit> Edits { get; init; }
    public IReadOnlyList<Remark> Remarks { get; init; } = [];
    public Urgency Urgency { get; init; }
    public decimal? Amount { get; init; }
    public Confirmation Confirm { get; init; }
    public IReadOnlyList<string> WantedUsers { get; init; } = [];
    public IReadOnlyList<string> WantedGroups { get; init; } = [];
    public string? ClaimedBy { get; init; }
    public ChangeRequest? Changes { get; init; }
    public DateTimeOffset? RemindedAt { get; init; }
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>How it ended; null while it is open.</summary>
    public WaitDecision? Decision { get; init; }

    public static WaitJson Of(Wait wait) => new(wait.ExecutionId, wait.TaskRunId, wait.TaskId, wait.Namespace, wait.FlowId, wait.Title, wait.Requester, wait.Since, wait.Due, wait.Round)
    {
        Stages = [.. Tally.Of(wait).Select(stage => new StageJson(stage.Stage.Id, stage.Stage.Step, stage.Stage.Quorum, stage.Stage.Users, stage.Stage.Groups, [.. stage.Approvals.Select(vote => vote.Ballot.By).OfType<string>()]))],
        Outcomes = wait.Policy.Outcomes,
        Decisions = [.. wait.Votes.Select(vote => new VoteJson(vote.Ballot.Id, vote.Ballot.Outcome, vote.Ballot.By, vote.Ballot.For, vote.At, vote.Round, vote.Ballot.Comment, vote.Ballot.Evidence))],
        Edits = wait.Edits,
        Remarks = wait.Remarks,
        Urgency = wait.Urgency,
        Amount = wait.Amount,
        Confirm = wait.Policy.Confirm,
        WantedUsers = wait.Decision is null && wait.Changes is null ? wait.Users : [],
        WantedGroups = wait.Decision is null && wait.Changes is null ? wait.Groups : [],
        ClaimedBy = wait.ClaimedBy,
        Changes = wait.Changes,
        RemindedAt = wait.RemindedAt,
        EscalatedAt = wait.EscalatedAt,
        Decision = wait.Decision,
    };
}

/// <summary>A stage and who has approved in it.</summary>
public sealed record StageJson(string Id, int Step, int Quorum, IReadOnlyList<string> Users, IReadOnlyList<string> Groups, IReadOnlyList<string> ApprovedBy);

/// <summary>One person's decision. <c>Evidence</c>: SHA-256 of what they were shown.</summary>
public sealed record VoteJson(string Id, string Outcome, string? By, string? For, DateTimeOffset At, int Round, string? Comment, string? Evidence);

/// <summary>What is sent to decide.</summary>
public sealed record DecideJson(string Outcome)
{
    public string? Comment { get; init; }
    public IReadOnlyDictionary<string, object?> Inputs { get; init; } = Data.Map();
    public IReadOnlyDictionary<string, object?> Changes { get; init; } = Data.Map();
    public IReadOnlyDictionary<string, string> Asks { get; init; } = new Dictionary<string, string>();
    public string? For { get; init; }

    /// <summary>The round that was seen; a decision on another one is refused.</summary>
    public int? Round { get; init; }

    /// <summary>The caller's password once more, where the question asks for it.</summary>
    public string? Password { get; init; }
}

/// <summary>To whom a part is handed, and why.</summary>
public sealed record HandOnJson(string To, string? Comment = null);

/// <summary>The requester's new answers.</summary>
public sealed record ChangesJson(IReadOnlyDictionary<string, object?> Inputs, string? Comment = null);

/// <summary>A question back or an answer to one, beside the case. <c>For</c>: the colleague whose place the caller takes.</summary>
public sealed record RemarkJson(string Text, string? For = null);
