using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>Timers: removed ones first, so that a commit can set one anew under the same id.</summary>
internal sealed class TimerRows : Rows
{
    private const string Remove = "delete from timers where id = any($1)";

    private const string Set = """
        insert into timers (id, execution_id, due, command) select * from unnest($1, $2, $3, $4)
        on conflict (id) do update set due = excluded.due, command = excluded.command
        """;

    private readonly Column<string> removed = new(), id = new(), execution = new();
    private readonly Column<DateTimeOffset> due = new();
    private readonly Column<byte[]?> command = new();

    public override void Add(PreparedCommit commit)
    {
        foreach (var timerId in commit.Commit.RemoveTimers) removed.Add(timerId);
        for (var i = 0; i < commit.Commit.AddTimers.Count; i++)
        {
            var timer = commit.Commit.AddTimers[i];
            id.Add(timer.Id);
            execution.Add(timer.ExecutionId);
            due.Add(timer.Due.ToUniversalTime());
            command.Add(commit.Timers[i]);
        }
    }

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (removed.Count > 0) yield return Command(Remove, removed);
        if (id.Count > 0) yield return Command(Set, id, execution, due, command);
    }
}
