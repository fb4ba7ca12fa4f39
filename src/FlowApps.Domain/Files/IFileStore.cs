namespace FlowApps.Domain.Files;

/// <summary>A stored file: its path below the internal storage, size in bytes, last change.</summary>
public sealed record StoredFile(string Path, long Size, DateTimeOffset ModifiedAt, bool IsDirectory = false)
{
    public string Name => System.IO.Path.GetFileName(Path.TrimEnd('/'));
}

/// <summary>
/// Internal storage (kestra-semantics 12.1): bytes by absolute path ("/company/team/flow/executions/…"), URI <c>kestra:///…</c>. Paths with <c>..</c>, control characters or
/// links leaving the root are refused. A put is visible whole or not at all.
/// </summary>
public interface IFileStore
{
    Task<string> PutAsync(string path, Stream content, CancellationToken cancellation);

    /// <summary>Errors: NotFound refusal.</summary>
    Task<Stream> OpenAsync(string path, CancellationToken cancellation);
    Stream Open(string path);
    Task<StoredFile?> FindAsync(string path, CancellationToken cancellation);
    StoredFile? Find(string path);
    IAsyncEnumerable<StoredFile> ListAsync(string path, bool recursive, CancellationToken cancellation);
    Task CreateDirectoryAsync(string path, CancellationToken cancellation);
    Task MoveAsync(string from, string to, CancellationToken cancellation);

    /// <summary>Deletes a file or a whole directory; returns the paths deleted.</summary>
    Task<IReadOnlyList<string>> DeleteAsync(string path, CancellationToken cancellation);

    /// <summary>Removes what puts that never came to their end left behind, unchanged since this moment.</summary>
    Task PurgeHalfWrittenAsync(DateTimeOffset before, CancellationToken cancellation);
}
