namespace FlowApps.Domain.Files;

/// <summary>Files of a working directory that are kept for the next run of the same task, at most <c>Ttl</c> old (for ever when null).</summary>
public sealed record DirectoryCache
{
    /// <summary>How long the kept files are used; without it they stay.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>Glob patterns of the files to keep.</summary>
    public required IReadOnlyList<string> Patterns { get; init; }
}
