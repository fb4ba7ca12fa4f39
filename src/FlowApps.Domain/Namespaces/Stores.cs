using FlowApps.Domain.Files;

namespace FlowApps.Domain.Namespaces;

public enum KvType { String, Number, Boolean, Datetime, Date, Duration, Json }

/// <summary>A key-value entry (kestra-semantics 12.2).</summary>
public sealed record KvEntry(string Namespace, string Key, KvType Type, object? Value, string? Description = null)
{
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public long Version { get; init; }
}

/// <summary>Key-value store by namespace. An expired value is gone for readers at once.</summary>
public interface IKvStore
{
    Task<KvEntry?> FindAsync(string ns, string key, CancellationToken cancellation);

    /// <summary>Synchronous, for the <c>kv()</c> function; looks in parent namespaces too when <paramref name="inherit"/>.</summary>
    KvEntry? Find(string ns, string key, bool inherit);

    /// <summary>Errors: Invalid for a bad key; Conflict when it exists and <paramref name="overwrite"/> is false.</summary>
    Task SetAsync(string ns, string key, object? value, KvType? type, TimeSpan? ttl, bool overwrite, string? description, CancellationToken cancellation);
    Task<bool> DeleteAsync(string ns, string key, CancellationToken cancellation);
    Task<IReadOnlyList<KvEntry>> ListAsync(string ns, string? prefix, bool inherit, CancellationToken cancellation);
    Task<int> PurgeExpiredAsync(string? ns, CancellationToken cancellation);
}

/// <summary>Secrets: environment (SECRET_x, base64) first, then encrypted ones of the namespace and its parents. Values never leave through lists.</summary>
public interface ISecretStore
{
    /// <summary>Null when there is none.</summary>
    string? Find(string ns, string key);
    Task SetAsync(string ns, string key, string value, string? description, CancellationToken cancellation);
    Task<bool> DeleteAsync(string ns, string key, CancellationToken cancellation);

    /// <summary>Names only, with the namespace they come from.</summary>
    Task<IReadOnlyList<(string Namespace, string Key)>> ListAsync(string ns, bool inherit, CancellationToken cancellation);
}

/// <summary>Encrypts small texts (SECRET inputs, stored secrets) with the configured key, AES-GCM.</summary>
public interface ICipher
{
    string Encrypt(string text);

    /// <summary>Errors: <see cref="System.Security.Cryptography.CryptographicException"/>.</summary>
    string Decrypt(string base64);
}

/// <summary>Namespace settings: description, variables and plugin defaults inherited by the namespaces below.</summary>
public sealed record NamespaceSettings(string Id)
{
    public string? Description { get; init; }
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = Values.Data.Map();
    public IReadOnlyList<Flows.PluginDefault> PluginDefaults { get; init; } = [];
    public IReadOnlyList<string>? AllowedNamespaces { get; init; }

    /// <summary>Both as they were written, with their comments.</summary>
    public string? VariablesSource { get; init; }
    public string? PluginDefaultsSource { get; init; }
}

/// <summary>Files of a namespace (kestra-semantics 12.4), with revisions.</summary>
public interface INamespaceFileStore
{
    Task<IReadOnlyList<StoredFile>> ListAsync(string ns, string path, bool recursive, CancellationToken cancellation);
    Task<Stream> OpenAsync(string ns, string path, int? revision, CancellationToken cancellation);
    Stream Open(string ns, string path, int? revision);
    Task<StoredFile> PutAsync(string ns, string path, Stream content, CancellationToken cancellation);
    Task CreateDirectoryAsync(string ns, string path, CancellationToken cancellation);
    Task MoveAsync(string ns, string from, string to, CancellationToken cancellation);
    Task<IReadOnlyList<string>> DeleteAsync(string ns, string path, CancellationToken cancellation);
    Task<IReadOnlyList<(int Revision, DateTimeOffset At, long Size)>> RevisionsAsync(string ns, string path, CancellationToken cancellation);
}
