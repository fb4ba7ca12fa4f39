using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>Trigger states: new (expected 0) or moved from exactly the expected version.</summary>
internal sealed class TriggerRows : Rows
{
    private const string Values = "unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) as r(namespace, flow_id, trigger_id, type, due, disabled, locked, json, expected)";

    private const string Store = $"""
        insert into triggers as t (version, namespace, flow_id, trigger_id, type, due, disabled, locked, json)
        select 1, namespace, flow_id, trigger_id, type, due, disabled, locked, json from {Values} where expected = $10
        """;

    private const string Move = $"""
        with moved as (
            update triggers t set version = t.version + 1, type = r.type, due = r.due, disabled = r.disabled, locked = r.locked, json = r.json from {Values}
            where r.expected > 0 and t.namespace = r.namespace and t.flow_id = r.flow_id and t.trigger_id = r.trigger_id and t.version = r.expected returning 1)
        select expect((select count(*) from moved), $10, 'FA001')
        """;

    private readonly Column<string> ns = new(), flow = new(), trigger = new(), type = new();
    private readonly Column<DateTimeOffset?> due = new();
    private readonly Column<bool> disabled = new(), locked = new();
    private readonly Column<byte[]?> json = new();
    private readonly Column<long> expected = new();
    private int fresh, moved;

    public override void Add(PreparedCommit commit)
    {
        for (var i = 0; i < commit.Commit.Triggers.Count; i++)
        {
            var (state, version) = commit.Commit.Triggers[i];
            ns.Add(state.Key.Namespace);
            flow.Add(state.Key.FlowId);
            trigger.Add(state.Key.TriggerId);
            type.Add(state.Type);
            due.Add(state.NextExecutionDate?.ToUniversalTime());
            disabled.Add(state.Disabled);
            locked.Add(state.ExecutionId is not null || state.EvaluateRunningDate is not null);
            json.Add(commit.Triggers[i]);
            expected.Add(version);
            if (version == 0) fresh++;
            else moved++;
        }
    }

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (fresh > 0) yield return Expecting(0, Store, ns, flow, trigger, type, due, disabled, locked, json, expected);
        if (moved > 0) yield return Expecting(moved, Move, ns, flow, trigger, type, due, disabled, locked, json, expected);
    }
}
