using System.Buffers;
using System.Text;
using System.Text.Json;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Values;
using FlowApps.Storage.Databases;
using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>What tasks measured: a row for what one commit has of an execution, and the names that were not known yet.</summary>
internal sealed class MetricRows(KnownMetrics known) : Rows
{
    private const string Insert = "insert into metrics (at, execution_id, namespace, flow_id, figures) select at, execution, ns, flow, figures::jsonb from unnest($1, $2, $3, $4, $5) as r(at, execution, ns, flow, figures)";

    // In one order everywhere, so that two writers who learn the same names wait for each other instead of blocking each other.
    private const string Name = "insert into metric_names (namespace, flow_id, task_id, name, kind) select distinct * from unnest($1, $2, $3, $4, $5) order by 1, 2, 3, 4 on conflict do nothing";

    private readonly Column<DateTimeOffset> at = new();
    private readonly Column<string> execution = new(), ns = new(), flow = new(), figures = new();
    private readonly Column<string> newNamespace = new(), newFlow = new(), newTask = new(), newName = new();
    private readonly Column<short> newKind = new();

    public override void Add(PreparedCommit commit)
    {
        foreach (var entries in commit.Commit.Metrics.GroupBy(entry => entry.ExecutionId))
        {
            var (first, list) = (entries.Min(entry => entry.Timestamp), entries.ToList());
            at.Add(first.ToUniversalTime());
            execution.Add(entries.Key);
            ns.Add(list[0].Namespace);
            flow.Add(list[0].FlowId);
            figures.Add(Figures(list, first));
        }
        foreach (var entry in commit.Commit.Metrics)
        {
            if (known.Contains(entry)) continue;
            newNamespace.Add(entry.Namespace);
            newFlow.Add(entry.FlowId);
            newTask.Add(entry.TaskId);
            newName.Add(Blob.Clean(entry.Metric.Name));
            newKind.Add((short)entry.Metric.Kind);
        }
    }

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (at.Count > 0) yield return Command(Insert, at, execution, ns, flow, figures);
        if (newName.Count > 0) yield return Command(Name, newNamespace, newFlow, newTask, newName, newKind);
    }

    private static string Figures(List<MetricEntry> entries, DateTimeOffset first)
    {
        var buffer = new ArrayBufferWriter<byte>(80 * entries.Count);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var entry in entries) Write(json, entry, (long)(entry.Timestamp - first).TotalMicroseconds);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, MetricEntry entry, long microseconds)
    {
        json.WriteStartArray();
        json.WriteStringValue(entry.TaskRunId);
        json.WriteStringValue(entry.TaskId);
        json.WriteStringValue(Blob.Clean(entry.Metric.Name));
        json.WriteNumberValue((int)entry.Metric.Kind);
        // JSON has no numbers for these; PostgreSQL reads their names.
        if (double.IsFinite(entry.Metric.Value)) json.WriteNumberValue(entry.Metric.Value);
        else json.WriteStringValue(double.IsNaN(entry.Metric.Value) ? "NaN" : entry.Metric.Value > 0 ? "Infinity" : "-Infinity");
        json.WriteNumberValue(microseconds);
        if (entry.Metric.Tags is { Count: > 0 } tags) JsonSerializer.Serialize(json, tags.ToDictionary(tag => Blob.Clean(tag.Key), tag => Blob.Clean(tag.Value)), Data.Json);
        else json.WriteNullValue();
        json.WriteEndArray();
    }
}
