using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Removes executions, with their logs, metrics and files unless told to keep them.</summary>
public sealed class DeleteExecution : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapDelete("/executions/{executionId}", HandleAsync).RequirePermission(Permission.DeleteExecutions).WithName("deleteExecution");
        api.MapBulk(HttpMethods.Delete, "", "deleteExecutions", Permission.DeleteExecutions, Bulk.Any, (http, execution, _) => DeleteAsync(http.Request, execution.Id));
    }

    private static async Task<IResult> HandleAsync(string executionId, HttpRequest request) =>
        await DeleteAsync(request, executionId) ? Results.NoContent() : throw FoundExecution.Missing(executionId);

    private static Task<bool> DeleteAsync(HttpRequest request, string id) => request.HttpContext.RequestServices.GetRequiredService<IExecutions>()
        .DeleteAsync(id, IsWanted(request, "deleteLogs"), IsWanted(request, "deleteMetrics"), IsWanted(request, "deleteStorage"), request.HttpContext.RequestAborted);

    private static bool IsWanted(HttpRequest request, string name) => !bool.TryParse(request.Query[name], out var wanted) || wanted;
}
