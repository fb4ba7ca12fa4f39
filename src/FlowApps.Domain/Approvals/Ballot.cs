namespace FlowApps.Domain.Approvals;

/// <summary>One person's decision as it was sent.</summary>
public sealed record Ballot
{
    public required string Id { get; init; }
    public required string Outcome { get; init; }

    /// <summary>Who decided; null: a program.</summary>
    public string? By { get; init; }

    /// <summary>The colleague in whose place it was decided (delegation).</summary>
    public string? For { get; init; }

    /// <summary>The groups, at that moment, of the person it counts for.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
    public string? Comment { get; init; }

    /// <summary>Typed answers of the outcome's form.</summary>
    public IReadOnlyDictionary<string, object?> Inputs { get; init; } = Values.Data.Map();

    /// <summary>Typed new values of inputs of the flow that the approver changed (partial approval).</summary>
    public IReadOnlyDictionary<string, object?> Changes { get; init; } = Values.Data.Map();

    /// <summary>Words for the requester, by input of the flow (request of changes).</summary>
    public IReadOnlyDictionary<string, string> Asks { get; init; } = new Dictionary<string, string>();

    /// <summary>The round that was seen; null: whichever is now.</summary>
    public int? Round { get; init; }

    /// <summary>SHA-256 (hex) of what was shown; the evidence itself is in the event.</summary>
    public string? Evidence { get; init; }

    /// <summary>The person has just shown what the policy's <see cref="ApprovalPolicy.Confirm"/> wants.</summary>
    public bool Confirmed { get; init; }

    /// <summary>The person whose rights count.</summary>
    public string? Person => For ?? By;
}

/// <summary>A ballot that was taken. Counts while its <c>Round</c> is the current one; <c>Stages</c>: those of the step in which the person was asked at that moment.</summary>
public sealed record Vote(Ballot Ballot, OutcomeKind Kind, DateTimeOffset At, int Round, int Step, IReadOnlyList<string> Stages);

/// <summary>A ballot that can still be taken back; it is taken at <c>Until</c>.</summary>
public sealed record HeldBallot(Ballot Ballot, DateTimeOffset Until);

/// <summary>An input of the flow that has changed; nulls: was or is empty.</summary>
public sealed record FieldChange(string Id, object? Before, object? After);

/// <summary>The answers were changed, by the requester when asked to or by an approver while deciding; it began <c>Round</c>.</summary>
public sealed record AnswerEdit(int Round, string? By, DateTimeOffset At, string? Comment, IReadOnlyList<FieldChange> Fields);

/// <summary>An approver asked the requester to change answers: what is to be done until they come back.</summary>
public sealed record ChangeRequest(string? By, DateTimeOffset At, string? Comment, IReadOnlyDictionary<string, string> Asks);
