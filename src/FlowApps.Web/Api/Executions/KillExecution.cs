using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Stops an execution and, unless told otherwise, the executions that it started. Answers at once (202); the stop follows.</summary>
public sealed class KillExecution : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapDelete("/executions/{executionId}/kill", HandleAsync).RequirePermission(Permission.RunExecutions).WithName("killExecution");
        api.MapBulk(HttpMethods.Delete, "kill", "killExecutions", Permission.RunExecutions, Bulk.NotTerminated, (http, execution, asker) =>
            http.RequestServices.GetRequiredService<IExecutions>().KillAsync(execution.Id, cascade: true, asker, http.RequestAborted));
    }

    private static async Task<IResult> HandleAsync(string executionId, bool? isOnKillCascade, ApiCall call, IExecutions executions, CancellationToken cancellation)
    {
        await executions.KillAsync(executionId, isOnKillCascade ?? true, call.Asker, cancellation);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }
}
