using System.Text.Json;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Metrics;

/// <summary>The metrics that the tasks of an execution gave out.</summary>
public sealed class GetMetrics : IApi
{
    public void Map(IEndpointRouteBuilder api) => api.MapGet("/metrics/{executionId}", HandleAsync).RequirePermission(Permission.ReadExecutions).WithName("searchByExecution");

    private static async Task<IResult> HandleAsync(string executionId, string? taskRunId, string? taskId, [AsParameters] Paging paging, ILogStore logs, CancellationToken cancellation)
    {
        var found = await logs.MetricsAsync(executionId, taskRunId, paging.Request, cancellation);
        var rows = taskId is null ? found.Results : found.Results.Where(row => row.TaskId == taskId).ToList();
        return Answer.Page(rows, taskId is null ? found.Total : rows.Count, Write);
    }

    private static void Write(Utf8JsonWriter writer, MetricEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("namespace", entry.Namespace);
        writer.WriteString("flowId", entry.FlowId);
        writer.WriteString("executionId", entry.ExecutionId);
        writer.WriteString("taskId", entry.TaskId);
        writer.WriteString("taskRunId", entry.TaskRunId);
        writer.WriteString("type", entry.Metric.Kind.ToString().ToLowerInvariant());
        writer.WriteString("name", entry.Metric.Name);
        writer.WriteData("value", entry.Metric.Value);
        writer.WriteDate("timestamp", entry.Timestamp);
        writer.WriteStartObject("tags");
        foreach (var (name, value) in entry.Metric.Tags ?? new Dictionary<string, string>()) writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
