using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Metrics;

/// <summary>Which metrics a flow or one of its tasks has given out, and which tasks have any (kestra-semantics 14.3), tasks of earlier revisions among them.</summary>
public sealed class ListMetricNames : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/metrics/names/{namespace}/{flowId}", OfFlowAsync).RequirePermission(Permission.ReadExecutions).WithName("listFlowMetrics");
        api.MapGet("/metrics/names/{namespace}/{flowId}/{taskId}", OfTaskAsync).RequirePermission(Permission.ReadExecutions).WithName("listTaskMetrics");
        api.MapGet("/metrics/tasks/{namespace}/{flowId}", TasksAsync).RequirePermission(Permission.ReadExecutions).WithName("listTasksWithMetrics");
    }

    private static async Task<IResult> OfFlowAsync(string @namespace, string flowId, ILogStore logs, CancellationToken cancellation) =>
        Answer.Json((await logs.MetricNamesAsync(new FlowId(@namespace, flowId), cancellation)).Select(metric => metric.Name).Distinct().Order(StringComparer.Ordinal));

    private static async Task<IResult> OfTaskAsync(string @namespace, string flowId, string taskId, ILogStore logs, CancellationToken cancellation) =>
        Answer.Json((await logs.MetricNamesAsync(new FlowId(@namespace, flowId), cancellation)).Where(metric => metric.TaskId == taskId).Select(metric => metric.Name));

    private static async Task<IResult> TasksAsync(string @namespace, string flowId, ILogStore logs, CancellationToken cancellation) =>
        Answer.Json((await logs.MetricNamesAsync(new FlowId(@namespace, flowId), cancellation)).Select(metric => metric.TaskId).Distinct());
}
