using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;

namespace FlowApps.Testing.Namespaces;

/// <summary>Keys and values in memory; expiry follows the clock.</summary>
public sealed class MemoryKvStore(TimeProvider clock) : IKvStore
{
    private readonly Dictionary<(string Namespace, string Key), KvEntry> entries = [];

    public Task<KvEntry?> FindAsync(string ns, string key, CancellationToken cancellation) => Task.FromResult(Find(ns, key, inherit: false));

    public KvEntry? Find(string ns, string key, bool inherit)
    {
        if (entries.TryGetValue((ns, key), out var entry) && !(entry.ExpiresAt <= clock.GetUtcNow())) return entry;
        var dot = ns.LastIndexOf('.');
        return inherit && dot > 0 ? Find(ns[..dot], key, inherit) : null;
    }

    public Task SetAsync(string ns, string key, object? value, KvType? type, TimeSpan? ttl, bool overwrite, string? description, CancellationToken cancellation)
    {
        if (!overwrite && Find(ns, key, inherit: false) is not null) throw RefusedException.Conflict("exists", $"The key {key} exists.");
        entries[(ns, key)] = new KvEntry(ns, key, type ?? KvType.String, value, description) { ExpiresAt = clock.GetUtcNow() + ttl };
        return Task.CompletedTask;
    }

    public Task<bool> DeleteAsync(string ns, string key, CancellationToken cancellation) => Task.FromResult(entries.Remove((ns, key)));

    public Task<IReadOnlyList<KvEntry>> ListAsync(string ns, string? prefix, bool inherit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<KvEntry>>([.. entries.Values.Where(e => e.Namespace == ns && e.Key.StartsWith(prefix ?? "", StringComparison.Ordinal) && !(e.ExpiresAt <= clock.GetUtcNow()))]);

    public Task<int> PurgeExpiredAsync(string? ns, CancellationToken cancellation)
    {
        var expired = entries.Where(e => (ns is null || e.Key.Namespace == ns) && e.Value.ExpiresAt <= clock.GetUtcNow()).Select(e => e.Key).ToList();
        foreach (var key in expired) entries.Remove(key);
        return Task.FromResult(expired.Count);
    }
}
