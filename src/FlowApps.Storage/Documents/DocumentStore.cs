using System.Data.Common;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using FlowApps.Storage.Databases;
using FlowApps.Storage.Executions;

namespace FlowApps.Storage.Documents;

/// <summary>Documents in PostgreSQL; writes go with the group commits.</summary>
internal sealed class DocumentStore(Database database, CommitPipeline pipeline) : IDocumentStore
{
    private const int InboxDays = 31;

    private const string One = "select id, json, version, updated_at from documents where kind = $1 and id = $2 and (expires_at is null or expires_at > $3)";

    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal) { ["id"] = "id", ["updated"] = "updated_at", ["updatedAt"] = "updated_at", ["namespace"] = "namespace" };

    public Task<StoredDocument<T>?> LoadAsync<T>(string kind, string id, CancellationToken cancellation) where T : class =>
        database.FirstAsync<StoredDocument<T>?>(new Statement(One, kind, id, database.Clock.GetUtcNow()), Read<T>, cancellation);

    public StoredDocument<T>? Load<T>(string kind, string id) where T : class =>
        database.First<StoredDocument<T>?>(new Statement(One, kind, id, database.Clock.GetUtcNow()), Read<T>);

    public Task<Page<StoredDocument<T>>> QueryAsync<T>(string kind, DocumentQuery query, PageRequest page, CancellationToken cancellation) where T : class
    {
        var filter = (query.Listed is null ? new Filter().And("kind = ?", kind) : Listed(kind, query.Listed)).And("(expires_at is null or expires_at > ?)", database.Clock.GetUtcNow());
        if (query.Namespace is { } ns) filter.InNamespace(ns, query.NamespacePrefix);
        if (query.Owner is { } owner) filter.And("owner = ?", owner);
        if (query.IdPrefix is { } prefix) filter.And("starts_with(id, ?)", prefix);
        if (query.Text is { Length: > 0 } text) filter.Containing(text, "id", "convert_from(json, 'UTF8')");
        return database.PageAsync("id, json, version, updated_at", "documents", filter, $"{Filter.Order(page.Sort, Columns, "id")}, id", page, Read<T>, cancellation);
    }

    // Kind and list stand in the text and not among the values, so that the index of that very list is seen to fit.
    private static Filter Listed(string kind, ListedWord listed) => IsPlain(kind) && IsPlain(listed.List)
        ? new Filter().And($"kind = '{kind}'").And($"document_list(json, '{listed.List}') @> to_jsonb(?::text)", listed.Word)
        : throw new ArgumentException("Kinds and lists are plain words.", nameof(listed));

    private static bool IsPlain(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    public async Task<bool> WriteAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellation) =>
        await pipeline.CommitAsync(new Commit { Documents = writes }, cancellation) == CommitOutcome.Done;

    public async Task<int> PurgeExpiredAsync(string? kind, CancellationToken cancellation)
    {
        var now = database.Clock.GetUtcNow();
        // The general cleaning takes used idempotency keys along, which promise 30 days.
        if (kind is null) await database.ChangeAsync([new Statement("delete from inbox where used_at < $1", now.AddDays(-InboxDays))], cancellation);
        return await database.ChangeAsync([new Statement("delete from documents where expires_at <= $1 and ($2::text is null or kind = $2)", now, kind)], cancellation);
    }

    private static StoredDocument<T> Read<T>(DbDataReader row) where T : class => new(row.GetString(0), row.Json<T>(1), row.GetInt64(2), row.At(3));
}
