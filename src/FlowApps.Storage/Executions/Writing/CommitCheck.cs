using FlowApps.Domain.Executions;
using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>Finds the commits of a batch that came too late: what they expect is no longer so.</summary>
internal static class CommitCheck
{
    private const string Streams = "select id, version from executions where id = any($1)";
    private const string Work = "select id, epoch from work where id = any($1)";
    private const string Inbox = "select key from inbox where key = any($1)";
    private const string Triggers = "select namespace || e'\\n' || flow_id || e'\\n' || trigger_id, version from triggers join unnest($1, $2, $3) as r(a, b, c) on namespace = a and flow_id = b and trigger_id = c";
    private const string Documents = "select kind || e'\\n' || id, version from documents join unnest($1, $2) as r(a, b) on kind = a and id = b where expires_at is null or expires_at > $3";

    public static async Task<IReadOnlyDictionary<PreparedCommit, CommitOutcome>> TooLateAsync(NpgsqlConnection connection, IReadOnlyList<PreparedCommit> commits, DateTimeOffset now, CancellationToken cancellation)
    {
        var all = commits.Select(prepared => prepared.Commit).ToList();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command(Streams, all.SelectMany(commit => commit.Appends).Select(append => append.ExecutionId)));
        batch.BatchCommands.Add(Command(Work, all.SelectMany(commit => commit.FinishWork).Select(work => work.Id)));
        batch.BatchCommands.Add(Command(Inbox, all.SelectMany(commit => commit.Inbox).Select(entry => entry.Key)));
        var triggers = all.SelectMany(commit => commit.Triggers).Select(trigger => trigger.State.Key).ToList();
        batch.BatchCommands.Add(Command(Triggers, triggers.Select(key => key.Namespace), triggers.Select(key => key.FlowId), triggers.Select(key => key.TriggerId)));
        var documents = all.SelectMany(commit => commit.Documents).ToList();
        batch.BatchCommands.Add(Command(Documents, documents.Select(write => write.Kind), documents.Select(write => write.Id)));
        batch.BatchCommands[^1].Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var streamVersions = await VersionsAsync(reader, row => row.GetInt64(1), cancellation);
        var workEpochs = await VersionsAsync(reader, row => row.GetInt32(1), cancellation);
        var usedKeys = await VersionsAsync(reader, _ => 1, cancellation);
        var triggerVersions = await VersionsAsync(reader, row => row.GetInt64(1), cancellation);
        var documentVersions = await VersionsAsync(reader, row => row.GetInt64(1), cancellation);

        var late = new Dictionary<PreparedCommit, CommitOutcome>();
        foreach (var prepared in commits)
        {
            var commit = prepared.Commit;
            if (commit.Inbox.Any(entry => usedKeys.ContainsKey(entry.Key))) late[prepared] = CommitOutcome.Repeated;
            else if (commit.Appends.Any(append => streamVersions.GetValueOrDefault(append.ExecutionId) != append.ExpectedVersion) ||
                commit.FinishWork.Any(work => workEpochs.GetValueOrDefault(work.Id, -1) != work.Epoch) ||
                commit.Triggers.Any(trigger => trigger.ExpectedVersion >= 0 && triggerVersions.GetValueOrDefault($"{trigger.State.Key.Namespace}\n{trigger.State.Key.FlowId}\n{trigger.State.Key.TriggerId}") != trigger.ExpectedVersion) ||
                commit.Documents.Any(write => write.ExpectedVersion is { } expected && documentVersions.GetValueOrDefault($"{write.Kind}\n{write.Id}") != expected))
                late[prepared] = CommitOutcome.Conflict;
        }
        return late;
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<IEnumerable<string>> columns)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in columns) command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = column.ToArray() });
        return command;
    }

    private static async Task<Dictionary<string, long>> VersionsAsync(NpgsqlDataReader reader, Func<NpgsqlDataReader, long> version, CancellationToken cancellation)
    {
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) versions[reader.GetString(0)] = version(reader);
        await reader.NextResultAsync(cancellation);
        return versions;
    }
}
