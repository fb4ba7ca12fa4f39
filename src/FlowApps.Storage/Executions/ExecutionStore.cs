using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;
using FlowApps.Storage.Databases;

namespace FlowApps.Storage.Executions;

/// <summary>Streams and current states in PostgreSQL. Totals of lists stop at <see cref="CountCeiling"/>.</summary>
internal sealed class ExecutionStore(Database database, CommitPipeline pipeline) : IExecutionStore
{
    /// <summary>"This many or more": counting further would read the whole table.</summary>
    public const int CountCeiling = 10_000;

    // One statement sees one moment: the snapshot and exactly the events after it.
    private const string Load = """
        select e.snapshot_version, e.snapshot, e.version, t.versions, t.events
        from executions e, lateral (select array_agg(j.version order by j.version) versions, array_agg(j.events order by j.version) events from journal j where j.execution_id = e.id and j.version > e.snapshot_version) t
        where e.id = $1
        """;

    private const string Events = """
        select version, events from journal where execution_id = $1
            and version >= coalesce((select max(version) from journal where execution_id = $1 and version <= $2 + 1), 0) order by version limit $3
        """;

    private const string Delete = """
        with e as (delete from executions where id = $1 returning start_date, labels),
            m as (delete from labels l using e, unnest(e.labels) as old(term) where l.term = old.term and l.start_date = e.start_date and l.execution_id = $1), j as (delete from journal where execution_id = $1), w as (delete from waits where execution_id = $1),
            k as (delete from work where execution_id = $1), t as (delete from timers where execution_id = $1), l as (delete from letters where execution_id = $1),
            n as (delete from notifications where execution_id = $1), d as (delete from deliveries where execution_id = $1)
        select 1 from e
        """;

    public Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellation) => pipeline.CommitAsync(commit, cancellation);

    public Task<StoredExecution?> LoadAsync(string executionId, CancellationToken cancellation) =>
        database.FirstAsync(new Statement(Load, executionId), row => StoredStream.Read(executionId, row), cancellation);

    public Task<long?> VersionAsync(string executionId, CancellationToken cancellation) =>
        database.FirstAsync<long?>(new Statement("select version from executions where id = $1", executionId), row => row.GetInt64(0), cancellation);

    public async Task<IReadOnlyList<ExecutionEvent>> EventsAsync(string executionId, long fromVersion, int limit, CancellationToken cancellation)
    {
        var appends = await database.ListAsync(new Statement(Events, executionId, fromVersion, (long)limit), row => (Version: row.GetInt64(0), Events: StoredStream.Events(executionId, row.GetInt64(0), row.GetFieldValue<byte[]>(1))), cancellation);
        return appends.SelectMany(append => append.Events.Skip((int)Math.Max(0, fromVersion + 1 - append.Version))).Take(limit).ToList();
    }

    public Task<InboxEntry?> FindInboxAsync(string key, CancellationToken cancellation) =>
        database.FirstAsync(new Statement("select key, execution_id, payload_hash, answer from inbox where key = $1", key),
            row => new InboxEntry(row.GetString(0), row.GetString(1), row.Text(2), row.Text(3)), cancellation);

    public async Task<Page<ExecutionSummary>> SearchAsync(ExecutionQuery query, PageRequest page, CancellationToken cancellation)
    {
        var filter = ExecutionFilter.Of(query);
        if (query.Text is { Length: > 0 } text) await TextAsync(filter, text, cancellation);
        return await database.PageAsync(Summary.Columns, "executions", filter, ExecutionFilter.Order(query, page.Sort), page, Summary.Read, cancellation, CountCeiling);
    }

    public async Task<int> CountAsync(FlowId flow, IReadOnlyList<State> states, CancellationToken cancellation) =>
        (int)await database.FirstAsync(
            new Statement($"select count(*) from executions where namespace = $1 and flow_id = $2 and {ExecutionFilter.NoTest} and state in ({ExecutionFilter.Numbers(states)})", flow.Namespace, flow.Id), row => row.GetInt64(0), cancellation);

    public async Task<IReadOnlyList<ExecutionCount>> CountByDayAsync(ExecutionQuery query, CancellationToken cancellation)
    {
        var filter = ExecutionFilter.Of(query);
        if (query.Text is { Length: > 0 } text) await TextAsync(filter, text, cancellation);
        return await database.ListAsync(
            filter.Statement("""
                select (executions.start_date at time zone 'UTC')::date as day, namespace, flow_id, state, count(*), coalesce(avg(extract(epoch from end_date - executions.start_date)), 0)::float8
                from executions{0} group by 1, 2, 3, 4 order by 1, 2, 3, 4
                """),
            row => new ExecutionCount(row.GetFieldValue<DateOnly>(0), row.GetString(1), row.GetString(2), (State)row.GetInt16(3), row.GetInt64(4), row.GetDouble(5)), cancellation);
    }

    public async Task<IReadOnlyList<ExecutionSummary>> LatestAsync(IReadOnlyList<FlowId> flows, int perFlow, CancellationToken cancellation) =>
        await database.ListAsync(
            new Statement($"""
                select {Summary.Columns} from unnest($1, $2) as f(ns, flow), lateral (
                    select * from executions e where e.namespace = f.ns and e.flow_id = f.flow and {ExecutionFilter.NoTest} order by e.start_date desc limit $3) executions order by start_date desc
                """, flows.Select(flow => flow.Namespace).ToArray(), flows.Select(flow => flow.Id).ToArray(), (long)perFlow),
            Summary.Read, cancellation);

    public async Task<bool> DeleteAsync(string executionId, CancellationToken cancellation) =>
        await database.FirstAsync(new Statement(Delete, executionId), _ => true, cancellation);

    /// <summary>Text finds the executions of the flows whose name contains it, and those whose id begins with it: both by index, so which of the two there are is asked first.</summary>
    private async Task TextAsync(Filter filter, string text, CancellationToken cancellation)
    {
        var beyond = text + char.ConvertFromUtf32(0x10FFFF);
        var flows = await database.ListAsync(
            new Filter().Containing(text, "namespace", "id", "namespace || '.' || id").Statement("select namespace, id from flows{0}"), row => (Namespace: row.GetString(0), Id: row.GetString(1)), cancellation);
        var anyId = await database.FirstAsync(new Statement("select exists (select from executions where id >= $1 and id < $2)", text, beyond), row => row.GetBoolean(0), cancellation);
        var (namespaces, ids) = (flows.Select(flow => flow.Namespace).ToArray(), flows.Select(flow => flow.Id).ToArray());
        if (flows.Count == 0) filter.And("id >= ?1 and id < ?2", text, beyond);
        else if (anyId) filter.And("((namespace, flow_id) in (select * from unnest(?1, ?2)) or starts_with(id, ?3))", namespaces, ids, text);
        else filter.And("(namespace, flow_id) in (select * from unnest(?1, ?2))", namespaces, ids);
    }
}
