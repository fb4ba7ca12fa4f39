using FlowApps.Domain.Approvals;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Engine.Approvals;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Approvals;

/// <summary>The form of an outcome, its fields named so that they cannot meet those of another.</summary>
public sealed record OutcomeForm(ApprovalOutcome Outcome, IReadOnlyList<ResolvedInput> Inputs, string Prefix)
{
    public bool HasWrong => Inputs.Any(input => input.Enabled && input.Errors.Count > 0);
}

/// <summary>An open question as its approver sees it: the request, the ways to decide with their forms, what was typed so far.</summary>
public sealed record Case(RequestView Request, Wait Wait, Evidence Evidence)
{
    /// <summary>What each way to decide leads to.</summary>
    public IReadOnlyList<Prospect> Prospects { get; init; } = [];

    /// <summary>Before the names of answers that the approver may change.</summary>
    public const string EditPrefix = "edit.";

    public IReadOnlyList<OutcomeForm> Forms { get; init; } = [];

    /// <summary>The requester's answers that may be changed while deciding.</summary>
    public IReadOnlyList<ResolvedInput> Editable { get; init; } = [];
    public IReadOnlyDictionary<string, object?> Entries { get; init; } = Data.Map();
    public IReadOnlyDictionary<string, string> Asks { get; init; } = new Dictionary<string, string>();
    public string? Comment { get; init; }

    /// <summary>Null: the answer was sent, every error shows.</summary>
    public IReadOnlySet<string>? Touched { get; init; } = new HashSet<string>();

    /// <summary>Why the answer was not taken, in a sentence, and what has changed since it was shown.</summary>
    public string? Refusal { get; init; }
    public EvidenceChange? Change { get; init; }
    public string? CommentError { get; init; }
    public string? PasswordError { get; init; }

    /// <summary>Whose right the reader uses; null when they may not decide now.</summary>
    public string? For { get; init; }

    /// <summary>The reader's own decision that can still be taken back.</summary>
    public HeldBallot? Held { get; init; }

    public bool MayDecide => For is not null && Held is null;

    public string Title => Wait.Title ?? Request.Titles.GetValueOrDefault(Wait.TaskId) ?? Request.Headline;

    public IReadOnlyList<ApprovalOutcome> Outcomes => Wait.Policy.Outcomes;

    public IReadOnlyList<StageProgress> Stages => Tally.Of(Wait);

    public string Word(ApprovalOutcome outcome) => OutcomeChoice.WordOf(Request.App, outcome);
}
