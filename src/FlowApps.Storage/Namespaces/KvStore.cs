using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Storage.Databases;
using FlowApps.Storage.Documents;

namespace FlowApps.Storage.Namespaces;

/// <summary>Key-value entries as documents (kestra-semantics 12.2).</summary>
internal sealed partial class KvStore(IDocumentStore documents, Database database) : IKvStore
{
    private const string Kind = "kv";

    public async Task<KvEntry?> FindAsync(string ns, string key, CancellationToken cancellation) =>
        await documents.LoadAsync<StoredKv>(Kind, Id(ns, key), cancellation) is { } found ? Entry(ns, key, found) : null;

    public KvEntry? Find(string ns, string key, bool inherit) => (inherit ? NamespacePath.WithParents(ns) : [ns])
        .Select(name => documents.Load<StoredKv>(Kind, Id(name, key)) is { } found ? Entry(name, key, found) : null).FirstOrDefault(entry => entry is not null);

    public async Task SetAsync(string ns, string key, object? value, KvType? type, TimeSpan? ttl, bool overwrite, string? description, CancellationToken cancellation)
    {
        if (!Key().IsMatch(key))
            throw RefusedException.Invalid("invalid_key", $"The key '{key}' must begin with a letter or digit and have only letters, digits, '.', '_' and '-'.");
        var now = database.Clock.GetUtcNow();
        var existing = await documents.LoadAsync<StoredKv>(Kind, Id(ns, key), cancellation);
        var kind = type ?? TypeOf(value);
        var entry = new StoredKv(kind, Stored(kind, value), description ?? existing?.Value.Description, existing?.Value.CreatedAt ?? now, ttl is { } life ? now + life : null);
        var write = new DocumentWrite(Kind, Id(ns, key), JsonSerializer.Serialize(entry, Data.Json), overwrite ? null : 0, ns, ExpiresAt: entry.ExpiresAt);
        if (!await documents.WriteAsync([write], cancellation))
            throw RefusedException.Conflict("key_exists", $"Cannot set value for key '{key}'. Key already exists and `overwrite` is set to `false`.");
    }

    public async Task<bool> DeleteAsync(string ns, string key, CancellationToken cancellation) =>
        await documents.LoadAsync<StoredKv>(Kind, Id(ns, key), cancellation) is { } found && await documents.WriteAsync([new DocumentWrite(Kind, Id(ns, key), null, found.Version)], cancellation);

    public async Task<IReadOnlyList<KvEntry>> ListAsync(string ns, string? prefix, bool inherit, CancellationToken cancellation)
    {
        var entries = new SortedDictionary<string, KvEntry>(StringComparer.Ordinal);
        foreach (var name in inherit ? NamespacePath.WithParents(ns) : [ns])
            await foreach (var found in documents.AllAsync<StoredKv>(Kind, new DocumentQuery(name, IdPrefix: Id(name, prefix ?? "")), cancellation))
                entries.TryAdd(found.Id[(name.Length + 1)..], Entry(name, found.Id[(name.Length + 1)..], found));
        return [.. entries.Values];
    }

    public Task<int> PurgeExpiredAsync(string? ns, CancellationToken cancellation)
    {
        var filter = new Filter().And("kind = ?", Kind).And("expires_at <= ?", database.Clock.GetUtcNow());
        if (ns is not null) filter.InNamespace(ns, true);
        return database.ChangeAsync([filter.Statement("delete from documents{0}")], cancellation);
    }

    private static string Id(string ns, string key) => $"{ns}/{key}";

    private static KvEntry Entry(string ns, string key, StoredDocument<StoredKv> found) => new(ns, key, found.Value.Type, Value(found.Value.Type, found.Value.Value), found.Value.Description)
    {
        CreatedAt = found.Value.CreatedAt,
        UpdatedAt = found.UpdatedAt,
        ExpiresAt = found.Value.ExpiresAt,
        Version = found.Version,
    };

    private static KvType TypeOf(object? value) => value switch
    {
        string => KvType.String,
        bool => KvType.Boolean,
        int or long or double or float or decimal or System.Numerics.BigInteger => KvType.Number,
        DateTimeOffset or DateTime => KvType.Datetime,
        DateOnly => KvType.Date,
        TimeSpan => KvType.Duration,
        _ => KvType.Json,
    };

    /// <summary>The value in the form of its type. Errors: Invalid when it is not of that type.</summary>
    private static object? Stored(KvType type, object? value)
    {
        try
        {
            return (type, value) switch
            {
                (KvType.Json, string json) => Data.Parse(json),
                (KvType.String, not null and not string) => Data.Write(value),
                (KvType.Number, string number) => Data.Parse(number) is int or long or double or System.Numerics.BigInteger ? Data.Parse(number) : throw new FormatException(),
                (KvType.Boolean, string flag) => bool.Parse(flag),
                (KvType.Datetime or KvType.Date or KvType.Duration, string text) => Value(type, text),
                _ => value,
            };
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw RefusedException.Invalid("invalid_value", $"The value is not of type {type.ToString().ToUpperInvariant()}.");
        }
    }

    private static object? Value(KvType type, object? stored) => (type, stored) switch
    {
        (KvType.Datetime, string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        (KvType.Date, string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture),
        (KvType.Duration, string text) => Duration.Parse(text),
        _ => stored,
    };

    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9._-]*\z")]
    private static partial Regex Key();

    private sealed record StoredKv(KvType Type, object? Value, string? Description, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
}
