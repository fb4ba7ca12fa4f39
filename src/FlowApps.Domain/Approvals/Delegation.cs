namespace FlowApps.Domain.Approvals;

/// <summary>
/// <c>To</c> decides in the place of <c>From</c> from <c>Begins</c> until <c>Ends</c>: everywhere, or within a namespace and those below it, or for one flow. Kept after it was revoked,
/// so that it stays known why somebody could decide.
/// </summary>
public sealed record Delegation(string Id, string From, string To, DateTimeOffset Begins, DateTimeOffset Ends)
{
    public string? Namespace { get; init; }
    public string? FlowId { get; init; }

    /// <summary>Only questions that say an amount, and one up to this; null: all.</summary>
    public decimal? Limit { get; init; }

    /// <summary>Why, for colleagues: on leave, for example.</summary>
    public string? Reason { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public string? RevokedBy { get; init; }

    public bool IsActive(DateTimeOffset now) => RevokedAt is null && Begins <= now && now < Ends;

    public bool Covers(Wait wait) =>
        (Namespace is null || wait.Namespace == Namespace || wait.Namespace.StartsWith(Namespace + ".", StringComparison.Ordinal)) && (FlowId is null || FlowId == wait.FlowId) && (Limit is null || wait.Amount <= Limit);
}

/// <summary>A delegation as somebody gives it.</summary>
public sealed record SentDelegation(string To, DateTimeOffset Begins, DateTimeOffset Ends, string? Namespace = null, string? FlowId = null, decimal? Limit = null, string? Reason = null);

/// <summary>Delegations of decisions. Errors: <see cref="Problems.RefusedException"/> as their names say.</summary>
public interface IDelegations
{
    /// <summary>Those that the person gave or got, the newest first, revoked and ended ones too.</summary>
    Task<IReadOnlyList<Delegation>> OfAsync(string person, CancellationToken cancellation);

    /// <summary>The people in whose place a person may decide now, and for what.</summary>
    Task<IReadOnlyList<Delegation>> ActiveForAsync(string person, CancellationToken cancellation);

    /// <summary>Errors: Invalid when the dates or the limit are wrong or nobody is there to take it.</summary>
    Task<Delegation> GiveAsync(string from, SentDelegation sent, CancellationToken cancellation);

    /// <summary>By whoever gave or got it.</summary>
    Task RevokeAsync(string id, string by, CancellationToken cancellation);
}
