namespace FlowApps.Domain.Approvals;

/// <summary>What a decision does to the question.</summary>
public enum OutcomeKind
{
    /// <summary>Counts towards the quorum.</summary>
    Approve,

    /// <summary>A veto, or counts against, as the policy says.</summary>
    Reject,

    /// <summary>Goes back to the requester, who changes the answers; then everybody decides anew.</summary>
    Changes,

    /// <summary>Decides at once, whoever else was asked.</summary>
    Close,
}

/// <summary>How the button looks.</summary>
public enum OutcomeLook { Default, Success, Info, Warning, Danger }

public enum CommentRule { Optional, Required, None }

/// <summary>What the flow does when the question ends with this outcome.</summary>
public enum OutcomeEnd { Continue, Cancel, Fail }

/// <summary>A named way to decide: a button.</summary>
public sealed record ApprovalOutcome(string Id, OutcomeKind Kind)
{
    public const string Approved = "approved";
    public const string Rejected = "rejected";

    /// <summary>The outcomes of a question that names none: the words of the API of paused executions.</summary>
    public static IReadOnlyList<ApprovalOutcome> YesOrNo { get; } =
    [
        new(Approved, OutcomeKind.Approve) { Look = OutcomeLook.Success },
        new(Rejected, OutcomeKind.Reject) { Look = OutcomeLook.Danger, Comment = CommentRule.Required, Then = OutcomeEnd.Cancel },
    ];

    /// <summary>The button's text; null: the kind's own word.</summary>
    public string? Label { get; init; }
    public OutcomeLook Look { get; init; }
    public CommentRule Comment { get; init; }
    public OutcomeEnd Then { get; init; }

    /// <summary>The answers that go with it are asked for in a form (of the task, by this outcome's id).</summary>
    public bool HasForm { get; init; }
}
