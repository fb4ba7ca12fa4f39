using FlowApps.Storage.Databases;
using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>Log lines and metrics.</summary>
internal sealed class LogRows : Rows
{
    private const string Lines = """
        insert into logs (at, level, attempt, execution_id, task_run_id, task_id, trigger_id, namespace, flow_id, thread, message)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    private const string Figures = """
        insert into metrics (at, value, kind, execution_id, task_run_id, task_id, namespace, flow_id, name, tags)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private readonly Column<DateTimeOffset> at = new(), measuredAt = new();
    private readonly Column<short> level = new(), metricKind = new();
    private readonly Column<short?> attempt = new();
    private readonly Column<string?> execution = new(), taskRun = new(), task = new(), trigger = new(), thread = new();
    private readonly Column<string> ns = new(), flow = new(), message = new();
    private readonly Column<double> value = new();
    private readonly Column<string> metricExecution = new(), metricTaskRun = new(), metricTask = new(), metricNamespace = new(), metricFlow = new(), metricName = new();
    private readonly Column<byte[]?> tags = new();

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
        foreach (var entry in commit.Commit.Metrics)
        {
            measuredAt.Add(entry.Timestamp.ToUniversalTime());
            value.Add(entry.Metric.Value);
            metricKind.Add((short)entry.Metric.Kind);
            metricExecution.Add(entry.ExecutionId);
            metricTaskRun.Add(entry.TaskRunId);
            metricTask.Add(entry.TaskId);
            metricNamespace.Add(entry.Namespace);
            metricFlow.Add(entry.FlowId);
            metricName.Add(Blob.Clean(entry.Metric.Name));
            tags.Add(entry.Metric.Tags is { Count: > 0 } given ? Blob.Json(given) : null);
        }
    }

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (at.Count > 0) yield return Command(Lines, at, level, attempt, execution, taskRun, task, trigger, ns, flow, thread, message);
        if (measuredAt.Count > 0) yield return Command(Figures, measuredAt, value, metricKind, metricExecution, metricTaskRun, metricTask, metricNamespace, metricFlow, metricName, tags);
    }
}
