namespace FlowApps.Domain.Values;

/// <summary>A document write within a commit. <c>ExpectedVersion</c>: null = whatever is there, 0 = must be new. <c>Json</c> null deletes.</summary>
public sealed record DocumentWrite(string Kind, string Id, string? Json, long? ExpectedVersion = null, string? Namespace = null, string? Owner = null, DateTimeOffset? ExpiresAt = null);

/// <summary>A stored document and its version (from 1).</summary>
public sealed record StoredDocument<T>(string Id, T Value, long Version, DateTimeOffset UpdatedAt);

public sealed record DocumentQuery(string? Namespace = null, bool NamespacePrefix = false, string? Owner = null, string? Text = null, string? IdPrefix = null)
{
    /// <summary>Only documents whose list of this name holds the word.</summary>
    public ListedWord? Listed { get; init; }
}

/// <summary>A word in a list of a document, <c>("groups", "finance")</c>.</summary>
public sealed record ListedWord(string List, string Word);

/// <summary>
/// Small documents by kind and id, with versions, an owner, a namespace and an optional expiry (an expired document is gone for readers at once).
/// Apps and their revisions, users, sessions, drafts, key-value entries, secrets, templates, notifications are documents.
/// </summary>
public interface IDocumentStore
{
    Task<StoredDocument<T>?> LoadAsync<T>(string kind, string id, CancellationToken cancellation) where T : class;
    Task<Page<StoredDocument<T>>> QueryAsync<T>(string kind, DocumentQuery query, PageRequest page, CancellationToken cancellation) where T : class;

    /// <summary>Writes all or none; false when an expected version did not match.</summary>
    Task<bool> WriteAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellation);

    /// <summary>Removes what has expired; returns how many.</summary>
    Task<int> PurgeExpiredAsync(string? kind, CancellationToken cancellation);

    /// <summary>Synchronous read, for expression functions on workers.</summary>
    StoredDocument<T>? Load<T>(string kind, string id) where T : class;
}
