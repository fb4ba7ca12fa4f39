using FlowApps.Domain.Executions;
using FlowApps.Storage.Databases;

namespace FlowApps.Storage.Executions;

/// <summary>Work with leases. Leases are measured by the database's clock, the one that all processes share.</summary>
internal sealed class WorkQueue(Database database) : IWorkQueue
{
    private const string Take = """
        update work w set owner = $1, epoch = w.epoch + 1, lease_until = now() + $2
        from (select id from work where {0} and (queue = any($3) or ($4 and queue is null)) order by seq limit $5 for update skip locked) c
        where w.id = c.id returning w.id, w.execution_id, w.task_run_id, w.attempt, w.queue, w.kind, w.payload, w.epoch, w.lease_until, w.seq
        """;

    private static readonly string TakeFree = Take.Replace("{0}", "owner is null and not id = any($6)", StringComparison.Ordinal);
    private static readonly string TakeExpired = Take.Replace("{0}", "owner is not null and lease_until < now() and not id = any($6)", StringComparison.Ordinal);

    public async Task<IReadOnlyList<WorkItem>> ClaimAsync(string owner, IReadOnlyList<string?> groups, int limit, TimeSpan lease, IReadOnlyCollection<string> inHand, CancellationToken cancellation)
    {
        var free = await TakeAsync(TakeFree, limit);
        return free.Count >= limit ? free : [.. free, .. await TakeAsync(TakeExpired, limit - free.Count)];

        async Task<List<WorkItem>> TakeAsync(string sql, int most)
        {
            var statement = new Statement(sql, owner, lease, groups.OfType<string>().ToArray(), groups.Contains(null), (long)most, inHand.ToArray());
            var taken = await database.ListAsync(statement, row => (Seq: row.GetInt64(9), Item: new WorkItem(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.Text(4), row.GetString(5), row.Text(6))
            {
                Owner = owner,
                Epoch = row.GetInt32(7),
                LeaseUntil = row.At(8),
            }), cancellation);
            return taken.OrderBy(work => work.Seq).Select(work => work.Item).ToList();
        }
    }

    public async Task<IReadOnlySet<string>> RenewAsync(string owner, IReadOnlyList<string> ids, TimeSpan lease, CancellationToken cancellation)
    {
        var held = await database.ListAsync(new Statement("update work set lease_until = now() + $3 where id = any($2) and owner = $1 returning id", owner, ids.ToArray(), lease), row => row.GetString(0), cancellation);
        return held.ToHashSet(StringComparer.Ordinal);
    }

    public async Task<IReadOnlyList<string>> OwnersAsync(CancellationToken cancellation) =>
        await database.ListAsync(new Statement("select distinct owner from work where owner is not null"), row => row.GetString(0), cancellation);

    public Task<int> ReleaseAsync(IReadOnlyCollection<string> owners, CancellationToken cancellation) =>
        database.ChangeAsync([new Statement("update work set owner = null, lease_until = null where owner = any($1)", (object)owners.ToArray())], cancellation);
}
