using System.Data.Common;
using System.Runtime.CompilerServices;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;
using FlowApps.Storage.Databases;
using FlowApps.Storage.Executions;
using Npgsql;

namespace FlowApps.Storage.Flows;

/// <summary>Flow sources and their revisions in PostgreSQL.</summary>
internal sealed class FlowStore(Database database) : IFlowStore
{
    private const string Revision = "namespace, id, revision, source, saved_at, saved_by, disabled, deleted";

    private const string Append = "insert into flow_revisions (namespace, id, revision, source, saved_at, saved_by, disabled, deleted) values ($1, $2, $3, $4, $5, $6, $7, $8)";

    private const string Newest = """
        with moved as (
            insert into flows as f (namespace, id, revision, updated_at, updated_by, disabled, deleted, has_inputs, description, labels, trigger_types)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (namespace, id) do update set revision = excluded.revision, updated_at = excluded.updated_at, updated_by = excluded.updated_by, disabled = excluded.disabled,
                deleted = excluded.deleted, has_inputs = excluded.has_inputs, description = excluded.description, labels = excluded.labels, trigger_types = excluded.trigger_types
            where f.revision = $12 returning 1)
        select expect((select count(*) from moved), 1, 'FA001')
        """;

    /// <summary>The number is held until the commit, so whoever reads it sees everything that it counts.</summary>
    private const string Count = """
        with counted as (update flow_changes set number = number + 1 returning number)
        update flows set change = counted.number from counted where namespace = $1 and id = $2
        """;

    private const string Change = "namespace, id, revision, deleted, exists (select from unnest(trigger_types) as t(type) where t.type like '%.Flow')";

    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["id"] = "id",
        ["namespace"] = "namespace",
        ["revision"] = "revision",
        ["updated"] = "updated_at",
        ["updatedAt"] = "updated_at",
    };

    public async Task<bool> AppendAsync(FlowRevision revision, FlowSummary summary, int expectedRevision, CancellationToken cancellation)
    {
        try
        {
            await database.ChangeAsync(
                [
                    new Statement(Append, revision.Key.Namespace, revision.Key.Id, revision.Revision, revision.Source, revision.SavedAt, revision.SavedBy, revision.Disabled, revision.Deleted),
                    new Statement(Newest, revision.Key.Namespace, revision.Key.Id, revision.Revision, revision.SavedAt, revision.SavedBy, revision.Disabled, revision.Deleted, summary.HasInputs,
                        summary.Description, summary.Labels.Select(LabelTerms.Of).ToArray(), summary.TriggerTypes.ToArray(), expectedRevision),
                    new Statement(Count, revision.Key.Namespace, revision.Key.Id),
                ], cancellation);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is "FA001" or PostgresErrorCodes.UniqueViolation)
        {
            // A repeat after a lost answer meets its own row.
            return await LoadAsync(revision.Key, revision.Revision, true, cancellation) is { } stored && stored.Source == revision.Source && stored.SavedBy == revision.SavedBy &&
                stored.Deleted == revision.Deleted && Math.Abs((stored.SavedAt - revision.SavedAt).TotalMilliseconds) < 1;
        }
    }

    public Task<FlowRevision?> LoadAsync(FlowId key, int? revision, bool allowDeleted, CancellationToken cancellation) => revision is { } number
        ? database.FirstAsync<FlowRevision?>(new Statement($"select {Revision} from flow_revisions where namespace = $1 and id = $2 and revision = $3", key.Namespace, key.Id, number), Read, cancellation)
        : database.FirstAsync<FlowRevision?>(
            new Statement($"select {Revision} from (select * from flow_revisions where namespace = $1 and id = $2 order by revision desc limit 1) newest where not deleted or $3", key.Namespace, key.Id, allowDeleted), Read, cancellation);

    public async Task<IReadOnlyList<FlowRevision>> RevisionsAsync(FlowId key, CancellationToken cancellation) =>
        await database.ListAsync(new Statement($"select {Revision} from flow_revisions where namespace = $1 and id = $2 order by revision", key.Namespace, key.Id), Read, cancellation);

    public Task<Page<FlowSummary>> SearchAsync(FlowQuery query, PageRequest page, CancellationToken cancellation)
    {
        var filter = new Filter().And("not deleted");
        if (query.Namespace is { } ns) filter.InNamespace(ns, query.NamespacePrefix);
        if (query.Disabled is { } disabled) filter.And("disabled = ?", disabled);
        if (query.Labels is { Count: > 0 } labels) filter.And("labels @> ?", labels.Select(LabelTerms.Of).ToArray());
        if (query.TriggerType is { } type) filter.And("? = any(trigger_types)", type);
        if (query.Text is { Length: > 0 } text) filter.Containing(text, "id", "namespace", "description", "namespace || '.' || id");
        return database.PageAsync("namespace, id, revision, description, labels, disabled, updated_at, updated_by, trigger_types, has_inputs", "flows", filter,
            $"{Filter.Order(page.Sort, Columns, "namespace")}, namespace, id", page, ReadSummary, cancellation);
    }

    public async Task<IReadOnlyList<string>> NamespacesAsync(CancellationToken cancellation) =>
        await database.ListAsync(new Statement("select distinct namespace from flows where not deleted order by namespace"), row => row.GetString(0), cancellation);

    public async IAsyncEnumerable<FlowRevision> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = new FlowId("", "");
        while (true)
        {
            var some = await database.ListAsync(
                new Statement("""
                    select r.namespace, r.id, r.revision, r.source, r.saved_at, r.saved_by, r.disabled, r.deleted from flows f join flow_revisions r using (namespace, id, revision)
                    where not f.deleted and (f.namespace, f.id) > ($1, $2) order by f.namespace, f.id limit 500
                    """, after.Namespace, after.Id), Read, cancellation);
            foreach (var revision in some) yield return revision;
            if (some.Count < 500) yield break;
            after = some[^1].Key;
        }
    }

    public async Task<IReadOnlyList<FlowChange>> ChangesAsync(long after, CancellationToken cancellation) =>
        await database.ListAsync(new Statement($"select {Change} from flows where change > $1 order by change", after), ReadChange, cancellation);

    public async Task<IReadOnlyList<FlowChange>> ListeningAsync(CancellationToken cancellation) =>
        await database.ListAsync(new Statement($"select * from (select {Change} as listens from flows where not deleted) newest where listens"), ReadChange, cancellation);

    public Task<long> VersionAsync(CancellationToken cancellation) => database.FirstAsync(new Statement("select number from flow_changes"), row => row.GetInt64(0), cancellation);

    private static FlowRevision Read(DbDataReader row) =>
        new(new FlowId(row.GetString(0), row.GetString(1)), row.GetInt32(2), row.GetString(3), row.At(4), row.Text(5), row.GetBoolean(6), row.GetBoolean(7));

    private static FlowChange ReadChange(DbDataReader row) => new(new FlowId(row.GetString(0), row.GetString(1)), row.GetInt32(2), row.GetBoolean(3), row.GetBoolean(4));

    private static FlowSummary ReadSummary(DbDataReader row) =>
        new(new FlowId(row.GetString(0), row.GetString(1)), row.GetInt32(2), row.Text(3), LabelTerms.Read(row.GetFieldValue<string[]>(4)), row.GetBoolean(5), row.At(6), row.Text(7),
            row.GetFieldValue<string[]>(8), row.GetBoolean(9));
}
