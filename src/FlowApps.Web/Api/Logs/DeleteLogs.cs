using FlowApps.Domain.Logs;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Logs;

/// <summary>Removes log lines of an execution or of a flow's trigger.</summary>
public sealed class DeleteLogs : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapDelete("/logs/{executionId}", OfExecutionAsync).RequirePermission(Permission.DeleteExecutions).WithName("deleteLogsFromExecution");
        api.MapDelete("/logs/{namespace}/{flowId}", OfFlowAsync).RequirePermission(Permission.DeleteExecutions).WithName("deleteLogsFromFlow");
    }

    private static async Task<IResult> OfExecutionAsync(string executionId, HttpRequest request, ILogStore logs, CancellationToken cancellation)
    {
        await logs.DeleteAsync(LogFilters.OfExecution(executionId, request), cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> OfFlowAsync(string @namespace, string flowId, string? triggerId, ILogStore logs, CancellationToken cancellation)
    {
        await logs.DeleteAsync(new LogQuery { Namespace = @namespace, FlowId = flowId, TriggerId = triggerId }, cancellation);
        return Results.NoContent();
    }
}
