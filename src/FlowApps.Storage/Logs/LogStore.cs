using System.Data.Common;
using System.Text.Json;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Values;
using FlowApps.Storage.Databases;
using FlowApps.Storage.Executions;
using Microsoft.Extensions.DependencyInjection;

namespace FlowApps.Storage.Logs;

/// <summary>Log lines and metrics. They have a pipeline of their own, so that a talkative task does not hold up executions. Totals stop at the ceiling of lists.</summary>
internal sealed class LogStore(Database database, [FromKeyedServices(LogStore.Pipeline)] CommitPipeline pipeline) : ILogStore
{
    public const string Pipeline = "logs";

    private const string Columns = "at, level, attempt, execution_id, task_run_id, task_id, trigger_id, namespace, flow_id, thread, message";

    // A figure: task run, task, name, kind, value, microseconds, tags.
    private const string Figures = "metrics m cross join lateral jsonb_array_elements(m.figures) with ordinality as f(figure, place)";

    public Task AppendAsync(IReadOnlyList<LogEntry> entries, CancellationToken cancellation) =>
        entries.Count == 0 ? Task.CompletedTask : pipeline.CommitAsync(new Commit { Logs = entries }, cancellation);

    public Task AppendMetricsAsync(IReadOnlyList<MetricEntry> entries, CancellationToken cancellation) =>
        entries.Count == 0 ? Task.CompletedTask : pipeline.CommitAsync(new Commit { Metrics = entries }, cancellation);

    public Task<Page<LogEntry>> SearchAsync(LogQuery query, PageRequest page, CancellationToken cancellation)
    {
        var direction = page.Sort?.EndsWith(":desc", StringComparison.OrdinalIgnoreCase) == true ? "desc" : "asc";
        return database.PageAsync(Columns, "logs", Filtered(query), $"at {direction}, seq {direction}", page, Read, cancellation, ExecutionStore.CountCeiling);
    }

    public Task<Page<MetricEntry>> MetricsAsync(string executionId, string? taskRunId, PageRequest page, CancellationToken cancellation)
    {
        var filter = new Filter().And("m.execution_id = ?", executionId);
        if (taskRunId is not null) filter.And("f.figure->>0 = ?", taskRunId);
        const string columns = """
            m.namespace, m.flow_id, m.execution_id, f.figure->>1, f.figure->>0, m.at + (f.figure->>5)::bigint * interval '1 microsecond',
            f.figure->>2, (f.figure->>3)::smallint, (f.figure->>4)::double precision, f.figure->>6
            """;
        return database.PageAsync(columns, Figures, filter, "m.at, f.place", page, ReadMetric, cancellation);
    }

    public async Task<IReadOnlyList<MetricName>> MetricNamesAsync(FlowId flow, CancellationToken cancellation) =>
        await database.ListAsync(new Statement("select task_id, name, kind from metric_names where namespace = $1 and flow_id = $2 order by task_id, name", flow.Namespace, flow.Id),
            row => new MetricName(row.GetString(0), row.GetString(1), (MetricKind)row.GetInt16(2)), cancellation);

    public async Task<IReadOnlyList<MetricPoint>> MetricTrendAsync(MetricTrendQuery query, CancellationToken cancellation)
    {
        var (value, width) = (query.Aggregation.ToString().ToLowerInvariant(), query.Interval.ToString().ToLowerInvariant());
        var trend = new Statement($"""
            select date_trunc('{width}', m.at, 'UTC') as point, {value}((f.figure->>4)::double precision) from {Figures}
            where m.namespace = $1 and m.flow_id = $2 and f.figure->>1 = any($3) and f.figure->>2 = $4 and m.at >= $5 and m.at <= $6 group by point order by point
            """, query.Flow.Namespace, query.Flow.Id, query.TaskIds.ToArray(), query.Name, query.From, query.To);
        return await database.ListAsync(trend, row => new MetricPoint(row.At(0), row.GetDouble(1)), cancellation);
    }

    public async Task<long> DeleteAsync(LogQuery query, CancellationToken cancellation) =>
        await database.ChangeAsync([Filtered(query).Statement("delete from logs{0}")], cancellation);

    public async Task<long> DeleteMetricsAsync(string executionId, CancellationToken cancellation) =>
        (await database.ListAsync(new Statement("delete from metrics where execution_id = $1 returning jsonb_array_length(figures)", executionId), row => row.GetInt32(0), cancellation)).Sum();

    private static Filter Filtered(LogQuery query)
    {
        var filter = new Filter();
        if (query.ExecutionId is { } execution) filter.And("execution_id = ?", execution);
        if (query.TaskRunId is { } taskRun) filter.And("task_run_id = ?", taskRun);
        if (query.TaskIds.Count > 0) filter.And("task_id = any(?)", query.TaskIds.ToArray());
        if (query.TriggerId is { } trigger) filter.And("trigger_id = ?", trigger);
        if (query.Attempt is { } attempt) filter.And("attempt = ?", (short)attempt);
        if (query.Namespace is { } ns) filter.InNamespace(ns, true);
        if (query.FlowId is { } flow) filter.And("flow_id = ?", flow);
        if (query.Text is { Length: > 0 } text) filter.Containing(text, "message", "task_id", "flow_id", "namespace", "execution_id");
        if (query.MinLevel is { } level and > LogLevel.Trace) filter.And($"level >= {(int)level}");
        if (query.Levels.Count > 0) filter.And("level = any(?)", query.Levels.Select(exact => (short)exact).ToArray());
        if (query.From is { } from) filter.And("at >= ?", from);
        if (query.To is { } to) filter.And("at <= ?", to);
        return filter;
    }

    private static LogEntry Read(DbDataReader row) => new()
    {
        Timestamp = row.At(0),
        Level = (LogLevel)row.GetInt16(1),
        AttemptNumber = row.IsDBNull(2) ? null : row.GetInt16(2),
        ExecutionId = row.Text(3),
        TaskRunId = row.Text(4),
        TaskId = row.Text(5),
        TriggerId = row.Text(6),
        Namespace = row.GetString(7),
        FlowId = row.GetString(8),
        Thread = row.Text(9),
        Message = row.GetString(10),
    };

    private static MetricEntry ReadMetric(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.At(5),
        new Metric(row.GetString(6), (MetricKind)row.GetInt16(7), row.GetDouble(8), row.Text(9) is { } tags ? JsonSerializer.Deserialize<Dictionary<string, string>>(tags, Data.Json) : null));
}
