using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>Commits that go to disk together in one transaction and one round trip. No two of them touch the same row.</summary>
internal sealed class CommitBatch
{
    private const int MostCommits = 2000;
    private const long MostBytes = 16 << 20;

    private const string Fence = """
        with mine as (update writers set batch = $2, seen_at = now() where id = $1 and batch = $2 - 1 returning 1)
        select expect((select count(*) from mine), 1, 'FA002')
        """;

    private const string Tell = "select pg_notify('flowapps', said) from unnest($2) said where exists (select from writers where node <> $1 and seen_at > now() - interval '1 minute')";

    private readonly List<PreparedCommit> commits = [];
    private readonly HashSet<(char, string)> keys = [];
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);
    private long size;

    public IReadOnlyList<PreparedCommit> Commits => commits;

    public bool IsFull => commits.Count >= MostCommits || size >= MostBytes;

    /// <summary>False when the commit touches what another one here (or one sent away before) touches: it has to wait for the next batch, and then may well be too late.</summary>
    public bool TryAdd(PreparedCommit commit)
    {
        var free = true;
        foreach (var key in commit.Keys()) free &= keys.Add(key);
        if (!free && !IsAlone(commit)) return false;
        commits.Add(commit);
        foreach (var append in commit.Commit.Appends) versions[append.ExecutionId] = append.ExpectedVersion + append.Events.Count;
        size += commit.Size;
        return true;
    }

    public bool IsDurable { get; set; }

    /// <summary>Whether a stream that the commit wants to append to has another version since this batch (an idempotency key in common wants a look at the inbox first).</summary>
    public bool Outdates(PreparedCommit commit) => commit.Commit.Inbox.Count == 0 &&
        commit.Commit.Appends.Any(append => versions.TryGetValue(append.ExecutionId, out var version) && version != append.ExpectedVersion);

    public void Remove(IReadOnlySet<PreparedCommit> leaving)
    {
        commits.RemoveAll(leaving.Contains);
        foreach (var append in leaving.SelectMany(commit => commit.Commit.Appends)) versions.Remove(append.ExecutionId);
    }

    /// <summary>All rows, behind the fence of this writer's batch number.</summary>
    public NpgsqlBatch Statements(NpgsqlConnection connection, string writer, string node, long number, DateTimeOffset now, KnownMetrics metrics)
    {
        var batch = new NpgsqlBatch(connection);
        var fence = new NpgsqlBatchCommand(Fence);
        fence.Parameters.Add(new NpgsqlParameter<string> { TypedValue = writer });
        fence.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
        batch.BatchCommands.Add(fence);
        Rows[] tables = [new LabelRows(), new StreamRows(now), new WorkRows(), new TimerRows(), new LetterRows(), new WaitRows(), new InboxRows(now), new TriggerRows(), new DocumentRows(now), new NoticeRows(), new LogRows(), new MetricRows(metrics)];
        foreach (var rows in tables)
        {
            foreach (var commit in commits) rows.Add(commit);
            foreach (var command in rows.Commands()) batch.BatchCommands.Add(command);
        }
        if (NeighbourWords.Of(node, commits) is { Length: > 0 } words)
        {
            var tell = new NpgsqlBatchCommand(Tell);
            tell.Parameters.Add(new NpgsqlParameter<string> { TypedValue = node });
            tell.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = words });
            batch.BatchCommands.Add(tell);
        }
        return batch;
    }

    // A commit that names a row twice meets nobody but itself.
    private bool IsAlone(PreparedCommit commit) => commits.Count == 0 && keys.SetEquals(commit.Keys());
}
