using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>Used idempotency keys; a second use fails on the primary key.</summary>
internal sealed class InboxRows(DateTimeOffset now) : Rows
{
    private const string Insert = "insert into inbox (used_at, key, execution_id, payload_hash, answer) select * from unnest($1, $2, $3, $4, $5)";

    private readonly Column<DateTimeOffset> at = new();
    private readonly Column<string> key = new(), execution = new();
    private readonly Column<string?> hash = new(), answer = new();

    public override void Add(PreparedCommit commit)
    {
        foreach (var entry in commit.Commit.Inbox)
        {
            at.Add(now);
            key.Add(entry.Key);
            execution.Add(entry.ExecutionId);
            hash.Add(entry.PayloadHash);
            answer.Add(entry.Answer);
        }
    }

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (key.Count > 0) yield return Command(Insert, at, key, execution, hash, answer);
    }
}
