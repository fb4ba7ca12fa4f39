using FlowApps.Domain.Inputs;

namespace FlowApps.Domain.Approvals;

/// <summary>A named outcome as a flow writes it: a map, or just its id.</summary>
public sealed record OutcomeDefinition
{
    /// <summary>How the flow knows it: <c>outputs.&lt;task&gt;.outcome</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it does. By its id when absent: <c>approve</c>, <c>reject</c> and <c>request-changes</c> are what they say, everything else is CLOSE.</summary>
    public OutcomeKind? Kind { get; init; }

    /// <summary>The button's text; expressions are rendered when the question is asked.</summary>
    public string? Label { get; init; }

    /// <summary>The button's look; by the kind when absent.</summary>
    public OutcomeLook? Look { get; init; }

    /// <summary>Whether it needs words. REQUIRED for REJECT and CHANGES when absent, else OPTIONAL.</summary>
    public CommentRule? Comment { get; init; }

    /// <summary>What the flow does then. CANCEL for REJECT when absent, so that a flow that does not ask for the outcome does not go on as if it had been approved; else CONTINUE.</summary>
    public OutcomeEnd? Then { get; init; }

    /// <summary>What is asked together with this outcome; the answers are in <c>outputs.&lt;task&gt;.fields</c>.</summary>
    public IReadOnlyList<InputDefinition> Inputs { get; init; } = [];

    public OutcomeKind Meaning => Kind ?? Id switch
    {
        "approve" or "approved" or "accept" => OutcomeKind.Approve,
        "reject" or "rejected" or "decline" => OutcomeKind.Reject,
        "request-changes" or "request_changes" or "changes" => OutcomeKind.Changes,
        _ => OutcomeKind.Close,
    };

    /// <summary>With everything that was left to its kind.</summary>
    public ApprovalOutcome ToOutcome(string? label) => new(Id, Meaning)
    {
        Label = label,
        Look = Look ?? Meaning switch { OutcomeKind.Approve => OutcomeLook.Success, OutcomeKind.Reject => OutcomeLook.Danger, _ => OutcomeLook.Default },
        Comment = Comment ?? (Meaning is OutcomeKind.Reject or OutcomeKind.Changes ? CommentRule.Required : CommentRule.Optional),
        Then = Then ?? (Meaning == OutcomeKind.Reject ? OutcomeEnd.Cancel : OutcomeEnd.Continue),
        HasForm = Inputs.Count > 0,
    };
}
