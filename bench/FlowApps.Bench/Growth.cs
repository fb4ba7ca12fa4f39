using System.Globalization;

namespace FlowApps.Bench;

/// <summary>Fills the database with copies of executions that really ran, so that lists and starts are measured at a size.</summary>
internal static class Growth
{
    /// <summary>The questions of the executions list, as the API is asked them.</summary>
    public static IReadOnlyList<(string Name, string Query)> Lists { get; } =
    [
        ("newest", ""),
        ("flow, newest", "&namespace=grown&flowId=f3"),
        ("flow and state", "&namespace=grown&flowId=f3&state=FAILED"),
        ("state that is rare", "&state=FAILED"),
        ("state that is common", "&state=SUCCESS"),
        ("label", "&labels=team:t7"),
        ("text of a flow's name", "&q=f12"),
        ("last hours", "&timeRange=PT6H"),
        ("oldest first", "&sort=state.startDate:asc"),
        ("by end", "&sort=state.endDate:desc"),
        ("flow, by end", "&namespace=grown&flowId=f3&sort=state.endDate:desc"),
        ("page 50", "&page=50"),
    ];

    public static async Task FillAsync(ServerDatabase database, long count)
    {
        // Spread over 30 days, 20 flows and 10 teams; one in a hundred failed.
        await database.DoAsync($$"""
            insert into executions (version, snapshot_version, updated_at, end_date, start_date, revision, state, kind, id, namespace, flow_id, created_by, trigger_type, trigger_execution_id, parent_id, original_id, labels, inputs, snapshot)
            select version, snapshot_version, s + interval '1 second', s + interval '1 second' * (1 + n % 7), s, revision, case when n % 100 = 0 then 10 else 9 end, kind, id, 'grown', 'f' || n % 20, 'user' || n % 50, null, null, null, null, array['team:t' || n % 10], inputs, snapshot
            from (select e.*, n, now() - interval '30 days' + interval '30 days' * n / {{count.ToString(CultureInfo.InvariantCulture)}} s, lpad(n::text, 22, '0') id
                from generate_series(1, {{count.ToString(CultureInfo.InvariantCulture)}}) n, (select {{Columns}} from executions where namespace = 'bench' and flow_id = 'w1' limit 1) e) rows(
                version, snapshot_version, revision, kind, inputs, snapshot, n, s, id)
            """);
        await database.DoAsync("insert into labels (term, start_date, execution_id) select labels[1], start_date, id from executions where namespace = 'grown'");
        await database.DoAsync("insert into journal (execution_id, version, events) select e.id, 1, (select j.events from journal j join executions w on w.id = j.execution_id where w.namespace = 'bench' and w.flow_id = 'w1' limit 1) from executions e where e.namespace = 'grown'");
        await database.DoAsync("insert into flows select revision, updated_at, disabled, deleted, has_inputs, 'grown', 'f' || n, updated_by, description, labels, trigger_types from flows, generate_series(0, 19) n where namespace = 'bench' and id = 'w1'");
        await database.DoAsync("vacuum analyze executions, labels, journal");
        await database.DoAsync("checkpoint");
    }

    private const string Columns = "version, snapshot_version, revision, kind, inputs, snapshot";
}
