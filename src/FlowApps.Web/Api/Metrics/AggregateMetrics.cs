using System.Text.Json;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Metrics;

/// <summary>How a metric of a flow, or of one of its tasks, went over time (kestra-semantics 14.3); the last 30 days unless told.</summary>
public sealed class AggregateMetrics : IApi
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(30);

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/metrics/aggregates/{namespace}/{flowId}/{metric}", OfFlowAsync).RequirePermission(Permission.ReadExecutions).WithName("aggregateMetricsFromFlow");
        api.MapGet("/metrics/aggregates/{namespace}/{flowId}/{taskId}/{metric}", OfTaskAsync).RequirePermission(Permission.ReadExecutions).WithName("aggregateMetricsFromTask");
    }

    private static async Task<IResult> OfFlowAsync(
        string @namespace, string flowId, string metric, string? startDate, string? endDate, string? aggregation, ILogStore logs, TimeProvider clock, CancellationToken cancellation)
    {
        var flow = new FlowId(@namespace, flowId);
        var tasks = (await logs.MetricNamesAsync(flow, cancellation)).Where(known => known.Name == metric).Select(known => known.TaskId).ToList();
        return await AnswerAsync(Query(flow, tasks, metric, startDate, endDate, aggregation, clock), logs, cancellation);
    }

    private static Task<IResult> OfTaskAsync(
        string @namespace, string flowId, string taskId, string metric, string? startDate, string? endDate, string? aggregation, ILogStore logs, TimeProvider clock, CancellationToken cancellation) =>
        AnswerAsync(Query(new FlowId(@namespace, flowId), [taskId], metric, startDate, endDate, aggregation, clock), logs, cancellation);

    private static MetricTrendQuery Query(FlowId flow, IReadOnlyList<string> tasks, string metric, string? startDate, string? endDate, string? aggregation, TimeProvider clock)
    {
        var to = QueryText.Date("endDate", endDate) ?? clock.GetUtcNow();
        var from = QueryText.Date("startDate", startDate) ?? to - Usual;
        if (from > to) throw RefusedException.Invalid("invalid_parameter", "'startDate' lies after 'endDate'.");
        var how = (aggregation ?? "sum").ToLowerInvariant() switch
        {
            "sum" => MetricAggregation.Sum,
            "avg" => MetricAggregation.Avg,
            "min" => MetricAggregation.Min,
            "max" => MetricAggregation.Max,
            var other => throw RefusedException.Invalid("invalid_parameter", $"'{other}' is not an aggregation; there are sum, avg, min and max."),
        };
        return new MetricTrendQuery(flow, tasks, metric, from, to, how);
    }

    private static async Task<IResult> AnswerAsync(MetricTrendQuery query, ILogStore logs, CancellationToken cancellation)
    {
        var points = await logs.MetricTrendAsync(query, cancellation);
        return new JsonAnswer(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("groupBy", query.Interval.ToString().ToLowerInvariant());
            writer.WritePropertyName("aggregations");
            writer.WriteArray(points, (point, value) => Write(point, query.Name, value));
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, string name, MetricPoint point)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteNumber("value", point.Value);
        writer.WriteDate("date", point.At);
        writer.WriteEndObject();
    }
}
