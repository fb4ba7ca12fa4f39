using FlowApps.Storage.Databases;
using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>Log lines.</summary>
internal sealed class LogRows : Rows
{
    private const string Lines = """
        insert into logs (at, level, attempt, execution_id, task_run_id, task_id, trigger_id, namespace, flow_id, thread, message)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    private readonly Column<DateTimeOffset> at = new();
    private readonly Column<short> level = new();
    private readonly Column<short?> attempt = new();
    private readonly Column<string?> execution = new(), taskRun = new(), task = new(), trigger = new(), thread = new();
    private readonly Column<string> ns = new(), flow = new(), message = new();

    public override void Add(PreparedCommit commit)
    {
        foreach (var line in commit.Commit.Logs)
        {
            at.Add(line.Timestamp.ToUniversalTime());
            level.Add((short)line.Level);
            attempt.Add((short?)line.AttemptNumber);
            execution.Add(line.ExecutionId);
            taskRun.Add(line.TaskRunId);
            task.Add(line.TaskId);
            trigger.Add(line.TriggerId);
            ns.Add(line.Namespace);
            flow.Add(line.FlowId);
            thread.Add(line.Thread);
            message.Add(Blob.Clean(line.Message));
        }
    }

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (at.Count > 0) yield return Command(Lines, at, level, attempt, execution, taskRun, task, trigger, ns, flow, thread, message);
    }
}
