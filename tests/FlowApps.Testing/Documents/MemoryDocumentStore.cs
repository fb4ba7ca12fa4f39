using System.Collections.Concurrent;
using System.Text.Json;
using FlowApps.Domain.Values;

namespace FlowApps.Testing.Documents;

/// <summary>Documents in memory, with versions and expiry as the port promises, for tests that need no database.</summary>
public sealed class MemoryDocumentStore(TimeProvider clock) : IDocumentStore
{
    private readonly ConcurrentDictionary<(string Kind, string Id), Row> rows = new();
    private readonly Lock writing = new();

    public Task<StoredDocument<T>?> LoadAsync<T>(string kind, string id, CancellationToken cancellation) where T : class => Task.FromResult(Load<T>(kind, id));

    public StoredDocument<T>? Load<T>(string kind, string id) where T : class =>
        rows.TryGetValue((kind, id), out var row) && Lives(row) ? Read<T>(id, row) : null;

    public Task<Page<StoredDocument<T>>> QueryAsync<T>(string kind, DocumentQuery query, PageRequest page, CancellationToken cancellation) where T : class
    {
        var found = rows.Where(entry => entry.Key.Kind == kind && Lives(entry.Value) && Matches(entry.Key.Id, entry.Value, query))
            .OrderBy(entry => entry.Key.Id, StringComparer.Ordinal)
            .ToList();
        return Task.FromResult(new Page<StoredDocument<T>>(found.Skip(page.Offset).Take(page.Limit).Select(entry => Read<T>(entry.Key.Id, entry.Value)).ToList(), found.Count));
    }

    public Task<bool> WriteAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellation)
    {
        lock (writing)
        {
            if (writes.Any(write => write.ExpectedVersion is { } expected && expected != Version(write))) return Task.FromResult(false);
            foreach (var write in writes)
            {
                if (write.Json is null) rows.TryRemove((write.Kind, write.Id), out _);
                else rows[(write.Kind, write.Id)] = new Row(write, Version(write) + 1, clock.GetUtcNow());
            }
            return Task.FromResult(true);
        }
    }

    public Task<int> PurgeExpiredAsync(string? kind, CancellationToken cancellation)
    {
        var old = rows.Where(entry => (kind is null || entry.Key.Kind == kind) && !Lives(entry.Value)).ToList();
        return Task.FromResult(old.Count(entry => rows.TryRemove(entry)));
    }

    private long Version(DocumentWrite write) => rows.TryGetValue((write.Kind, write.Id), out var row) && Lives(row) ? row.Version : 0;

    private bool Lives(Row row) => row.Write.ExpiresAt is not { } end || end > clock.GetUtcNow();

    private static StoredDocument<T> Read<T>(string id, Row row) where T : class =>
        new(id, JsonSerializer.Deserialize<T>(row.Write.Json!, Data.Json)!, row.Version, row.At);

    private static bool Matches(string id, Row row, DocumentQuery query) =>
        (query.Owner is null || row.Write.Owner == query.Owner)
        && (query.IdPrefix is null || id.StartsWith(query.IdPrefix, StringComparison.Ordinal))
        && (query.Namespace is null || row.Write.Namespace == query.Namespace
            || (query.NamespacePrefix && row.Write.Namespace?.StartsWith(query.Namespace + ".", StringComparison.Ordinal) == true))
        && (query.Listed is not { } listed || JsonSerializer.Deserialize<JsonElement>(row.Write.Json!).TryGetProperty(listed.List, out var list) && list.EnumerateArray().Any(word => word.GetString() == listed.Word))
        && (query.Text is null || row.Write.Json!.Contains(query.Text, StringComparison.OrdinalIgnoreCase));

    private sealed record Row(DocumentWrite Write, long Version, DateTimeOffset At);
}
