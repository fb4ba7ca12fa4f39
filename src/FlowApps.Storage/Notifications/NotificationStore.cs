using System.Data.Common;
using FlowApps.Domain.Notifications;
using FlowApps.Domain.Values;
using FlowApps.Storage.Databases;

namespace FlowApps.Storage.Notifications;

/// <summary>Notices, lines and deliveries in PostgreSQL. Each change is one statement, harmless when repeated after a lost answer.</summary>
internal sealed class NotificationStore(Database database) : INotificationStore
{
    private const string Tell = """
        with gone as (delete from notices where id = $1 returning id),
            told as (insert into notifications (id, person, at, execution_id, task_run_id, notification)
                select r.* from unnest($2, $3, $4, $5, $6, $7) as r(id, person, at, execution_id, task_run_id, notification), gone on conflict do nothing),
            sent as (insert into deliveries (id, due, attempts, bundle, execution_id, delivery)
                select r.id, r.due, 0, r.bundle, r.execution_id, r.delivery from unnest($8, $9, $10, $11, $12) as r(id, due, bundle, execution_id, delivery), gone on conflict do nothing),
            settled as (update notifications n set settled = $15, read_at = coalesce(n.read_at, $16) from gone where n.execution_id = $13 and n.task_run_id = $14 and n.settled is null)
        select id from gone
        """;

    private const string Claim = """
        with ripe as (select id, bundle from deliveries where due <= $1 and dead_at is null order by due limit $3 for update skip locked),
            together as (select id from ripe union select d.id from deliveries d join ripe on d.bundle = ripe.bundle where d.due <= $1 and d.dead_at is null)
        update deliveries set due = $2, attempts = attempts + 1 where id in (select id from together) and due <= $1 returning delivery, due, attempts, error, dead_at
        """;

    public async Task<IReadOnlyList<Notice>> NoticesAsync(int limit, CancellationToken cancellation) =>
        await database.ListAsync(new Statement("select notice from notices order by seq limit $1", (long)limit), row => row.Json<Notice>(0), cancellation);

    public async Task<IReadOnlySet<string>> TellAsync(IReadOnlyList<(Notice Notice, Telling Telling)> tellings, CancellationToken cancellation) =>
        (await database.ListEachAsync([.. tellings.Select(pair => Telling(pair.Notice, pair.Telling))], row => row.GetString(0), cancellation)).ToHashSet(StringComparer.Ordinal);

    public Task<Page<Notification>> OfAsync(string person, bool unread, PageRequest page, CancellationToken cancellation)
    {
        var filter = new Filter().And("person = ?", person);
        if (unread) filter.And("read_at is null");
        return database.PageAsync("notification, read_at, settled", "notifications", filter, "id desc", page, ReadLine, cancellation);
    }

    public Task<Notification?> FindAsync(string person, string id, CancellationToken cancellation) =>
        database.FirstAsync<Notification?>(new Statement("select notification, read_at, settled from notifications where person = $1 and id = $2", person, id), ReadLine, cancellation);

    public Task<long> CountUnreadAsync(string person, CancellationToken cancellation) =>
        database.FirstAsync(new Statement("select count(*) from (select from notifications where person = $1 and read_at is null limit 1000) unread", person), row => row.GetInt64(0), cancellation);

    public Task<int> ReadAsync(string person, string? id, DateTimeOffset at, CancellationToken cancellation) =>
        database.ChangeAsync([new Statement("update notifications set read_at = $3 where person = $1 and ($2::text is null or id = $2) and read_at is null", person, id, at)], cancellation);

    public async Task<IReadOnlyList<Delivery>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellation) =>
        await database.ListAsync(new Statement(Claim, now, now + lease, (long)limit), Read, cancellation);

    public Task SentAsync(IReadOnlyList<string> ids, CancellationToken cancellation) =>
        database.ChangeAsync([new Statement("delete from deliveries where id = any($1)", (object)ids.ToArray())], cancellation);

    public Task FailedAsync(IReadOnlyList<string> ids, string error, DateTimeOffset now, DateTimeOffset? next, CancellationToken cancellation) =>
        database.ChangeAsync([next is { } due
            ? new Statement("update deliveries set error = $2, due = $3 where id = any($1)", ids.ToArray(), Blob.Clean(error), due)
            : new Statement("update deliveries set error = $2, dead_at = $3 where id = any($1)", ids.ToArray(), Blob.Clean(error), now)], cancellation);

    public Task<Page<Delivery>> TroubledAsync(PageRequest page, CancellationToken cancellation) =>
        database.PageAsync("delivery, due, attempts, error, dead_at", "deliveries", new Filter().And("error is not null"), "id desc", page, Read, cancellation);

    public async Task<bool> RetryAsync(string id, DateTimeOffset now, CancellationToken cancellation) =>
        await database.ChangeAsync([new Statement("update deliveries set dead_at = null, attempts = 0, due = $2 where id = $1", id, now)], cancellation) > 0;

    public Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellation) =>
        database.ChangeAsync([new Statement("delete from notifications where at < $1", before), new Statement("delete from deliveries where dead_at < $1", before)], cancellation);

    private static Statement Telling(Notice notice, Telling telling)
    {
        var (told, sent) = (telling.Notifications, telling.Deliveries);
        return new Statement(Tell,
            notice.Id,
            told.Select(line => line.Id).ToArray(), told.Select(line => line.Person).ToArray(), told.Select(line => line.At.ToUniversalTime()).ToArray(),
            told.Select(line => line.ExecutionId).ToArray(), told.Select(line => line.TaskRunId).ToArray(), told.Select(Blob.Json).ToArray(),
            sent.Select(delivery => delivery.Id).ToArray(), sent.Select(delivery => delivery.Due.ToUniversalTime()).ToArray(), sent.Select(delivery => delivery.Bundle).ToArray(),
            sent.Select(delivery => delivery.Notification.ExecutionId).ToArray(), sent.Select(Blob.Json).ToArray(),
            telling.Settles?.ExecutionId ?? "", telling.Settles?.TaskRunId ?? "", telling.Settles?.Why ?? "", notice.At);
    }

    private static Notification ReadLine(DbDataReader row) => row.Json<Notification>(0) with { ReadAt = row.AtOrNull(1), Settled = row.Text(2) };

    private static Delivery Read(DbDataReader row) =>
        row.Json<Delivery>(0) with { Due = row.At(1), Attempts = row.GetInt32(2), Error = row.Text(3), DeadAt = row.AtOrNull(4) };
}
