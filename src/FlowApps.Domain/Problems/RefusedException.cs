namespace FlowApps.Domain.Problems;

/// <summary>Why something was refused; the web turns it into a status code (RFC 9457 problem document).</summary>
public enum RefusalKind
{
    /// <summary>What was sent is wrong (422).</summary>
    Invalid,

    /// <summary>There is no such thing, or not for this reader (404).</summary>
    NotFound,

    /// <summary>The thing is in a state that does not allow it (409).</summary>
    Conflict,

    /// <summary>The person may not do it (403).</summary>
    Forbidden,

    /// <summary>More than a stated limit (413).</summary>
    TooLarge,

    /// <summary>More often than a stated limit (429).</summary>
    TooMany,

    /// <summary>Not now: storage is away or full; nothing was accepted (503).</summary>
    Unavailable,

    /// <summary>What is stored of it cannot be read (423): it stands still until that is repaired.</summary>
    Quarantined,
}

/// <summary>A refusal with all its problems at once. Thrown at the rim by application ports; the pure rooms return problems instead.</summary>
public sealed class RefusedException(RefusalKind kind, IReadOnlyList<Problem> problems)
    : Exception(string.Join("\n", problems.Select(p => p.ToString())))
{
    public RefusedException(RefusalKind kind, string code, string message) : this(kind, [new Problem(code, message)]) { }

    public RefusalKind Kind { get; } = kind;

    public IReadOnlyList<Problem> Problems { get; } = problems;

    public static RefusedException NotFound(string what) => new(RefusalKind.NotFound, "not_found", what);

    public static RefusedException Conflict(string code, string why) => new(RefusalKind.Conflict, code, why);

    /// <summary>What is stored under an id is damaged. <paramref name="what"/>: which part of it, and how.</summary>
    public static RefusedException Quarantined(string id, string what) =>
        new(RefusalKind.Quarantined, "quarantined", $"What is stored of {id} is damaged: {what}. It stands still until that is restored from a backup, or removed; everything else goes on.");

    public static RefusedException Invalid(string code, string why) => new(RefusalKind.Invalid, code, why);
}
