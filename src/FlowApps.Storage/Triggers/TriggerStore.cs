using System.Data.Common;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Storage.Databases;
using FlowApps.Storage.Executions;

namespace FlowApps.Storage.Triggers;

/// <summary>Trigger states in PostgreSQL. One with an execution or an evaluation under way counts as locked.</summary>
internal sealed class TriggerStore(Database database, CommitPipeline pipeline) : ITriggerStore
{
    private const string Key = "namespace = $1 and flow_id = $2 and trigger_id = $3";
    private const string Waiting = "due is not null and not disabled and not locked";

    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["namespace"] = "namespace",
        ["flowId"] = "flow_id",
        ["triggerId"] = "trigger_id",
        ["type"] = "type",
        ["nextExecutionDate"] = "due",
    };

    public async Task<(TriggerState State, long Version)?> LoadAsync(TriggerKey key, CancellationToken cancellation) =>
        await database.FirstAsync<(TriggerState, long)?>(new Statement($"select json, version from triggers where {Key}", key.Namespace, key.FlowId, key.TriggerId), row => Read(row), cancellation);

    public async Task<bool> StoreAsync(IReadOnlyList<(TriggerState State, long ExpectedVersion)> rows, CancellationToken cancellation) =>
        await pipeline.CommitAsync(new Commit { Triggers = rows }, cancellation) == CommitOutcome.Done;

    public Task DeleteAsync(TriggerKey key, CancellationToken cancellation) =>
        database.ChangeAsync([new Statement($"delete from triggers where {Key}", key.Namespace, key.FlowId, key.TriggerId)], cancellation);

    public async Task<IReadOnlyList<(TriggerState State, long Version)>> OfFlowAsync(FlowId flow, CancellationToken cancellation) =>
        await database.ListAsync(new Statement("select json, version from triggers where namespace = $1 and flow_id = $2 order by trigger_id", flow.Namespace, flow.Id), Read, cancellation);

    public Task PlannedAsync(FlowId flow, int revision, int triggers, CancellationToken cancellation) => database.ChangeAsync(
        [new Statement("update flows set planned_revision = $3, planned_triggers = $4 where namespace = $1 and id = $2", flow.Namespace, flow.Id, revision, triggers)], cancellation);

    public async Task<IReadOnlyList<FlowId>> UnplannedAsync(CancellationToken cancellation) => await database.ListAsync(
        new Statement("select namespace, id from flows where not deleted and planned_revision <> revision"), row => new FlowId(row.GetString(0), row.GetString(1)), cancellation);

    public async Task<IReadOnlyList<FlowId>> AstrayAsync(CancellationToken cancellation) => await database.ListAsync(
        new Statement("""
            select coalesce(f.namespace, t.namespace), coalesce(f.id, t.flow_id)
            from (select namespace, id, revision, planned_revision, planned_triggers from flows where not deleted) f full join (select namespace, flow_id, count(*) as rows from triggers group by namespace, flow_id) t on t.namespace = f.namespace and t.flow_id = f.id
            where f.id is null or f.planned_revision <> f.revision or f.planned_triggers <> coalesce(t.rows, 0)
            """), row => new FlowId(row.GetString(0), row.GetString(1)), cancellation);

    public async Task<IReadOnlyList<(TriggerState State, long Version)>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation) =>
        await database.ListAsync(new Statement($"select json, version from triggers where {Waiting} and due <= $1 order by due limit $2", now, (long)limit), Read, cancellation);

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation) =>
        database.FirstAsync(new Statement($"select min(due) from triggers where {Waiting}"), row => row.AtOrNull(0), cancellation);

    public Task<Page<TriggerState>> SearchAsync(TriggerQuery query, PageRequest page, CancellationToken cancellation)
    {
        var filter = new Filter();
        if (query.Namespace is { } ns) filter.InNamespace(ns, true);
        if (query.FlowId is { } flow) filter.And("flow_id = ?", flow);
        if (query.Type is { } type) filter.And("type = ?", type);
        if (query.Disabled is { } disabled) filter.And("disabled = ?", disabled);
        if (query.Locked is { } locked) filter.And(locked ? "locked" : "not locked");
        if (query.DueBy is { } due) filter.And("due <= ?", due);
        if (query.Text is { Length: > 0 } text) filter.Containing(text, "namespace", "flow_id", "trigger_id");
        return database.PageAsync("json", "triggers", filter, $"{Filter.Order(page.Sort, Columns, "namespace")}, namespace, flow_id, trigger_id", page, row => row.Json<TriggerState>(0), cancellation);
    }

    private static (TriggerState State, long Version) Read(DbDataReader row) => (row.Json<TriggerState>(0), row.GetInt64(1));
}
