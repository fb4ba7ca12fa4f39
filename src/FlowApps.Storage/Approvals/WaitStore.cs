using System.Data.Common;
using FlowApps.Domain.Approvals;
using FlowApps.Domain.Values;
using FlowApps.Storage.Databases;

namespace FlowApps.Storage.Approvals;

/// <summary>The approver's inbox. A wait that names nobody is for everyone; the web adds the rights in its namespace.</summary>
internal sealed class WaitStore(Database database) : IWaitStore
{
    private const string Columns = "wait, decision";

    private static readonly Dictionary<string, string> Sorts = new(StringComparer.Ordinal) { ["since"] = "since", ["due"] = "due", ["decidedAt"] = "decided_at" };

    public Task<Wait?> FindAsync(string executionId, string taskRunId, CancellationToken cancellation) =>
        database.FirstAsync<Wait?>(new Statement($"select {Columns} from waits where execution_id = $1 and task_run_id = $2", executionId, taskRunId), Read, cancellation);

    public async Task<IReadOnlyList<Wait>> OfExecutionAsync(string executionId, CancellationToken cancellation) =>
        await database.ListAsync(new Statement($"select {Columns} from waits where execution_id = $1 order by since, task_run_id", executionId), Read, cancellation);

    public Task<Page<Wait>> SearchAsync(WaitQuery query, PageRequest page, CancellationToken cancellation)
    {
        var filter = new Filter().And(query.Open ? "decided_at is null" : "decided_at is not null");
        if (query.User is not null || query.Groups is not null)
            filter.And("((users = '{}' and groups = '{}') or users && ?1 or groups && ?2)", new[] { query.User ?? "" }, (query.Groups ?? []).ToArray());
        if (query.Namespace is { } ns) filter.InNamespace(ns, true);
        if (query.DecidedBy is { } by) filter.And("decided_by = ?", by);
        if (query.Text is { Length: > 0 } text) filter.Containing(text, "namespace", "flow_id", "convert_from(wait, 'UTF8')");
        return database.PageAsync(Columns, "waits", filter, $"{Filter.Order(page.Sort, Sorts, query.Open ? "since" : "decided_at desc")}, task_run_id", page, Read, cancellation);
    }

    private static Wait Read(DbDataReader row) => row.Json<Wait>(0) with { Decision = row.IsDBNull(1) ? null : row.Json<WaitDecision>(1) };
}
