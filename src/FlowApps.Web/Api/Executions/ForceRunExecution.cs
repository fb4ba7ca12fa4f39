using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Makes an execution that waits (for its date, its queue, a person, or is stuck) run now.</summary>
public sealed class ForceRunExecution : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/executions/{executionId}/force-run", HandleAsync).RequirePermission(Permission.RunExecutions).AddEndpointFilter<ConflictIsInvalid>().WithName("forceRunExecution");
        api.MapBulk(HttpMethods.Post, "force-run", "forceRunExecutions", Permission.RunExecutions, Bulk.NotTerminated, (http, execution, asker) =>
            http.RequestServices.GetRequiredService<IExecutions>().ForceRunAsync(execution.Id, asker, http.RequestAborted));
    }

    private static async Task<IResult> HandleAsync(string executionId, ApiCall call, IExecutions executions, CancellationToken cancellation) =>
        ExecutionJson.Answer(await executions.ForceRunAsync(executionId, call.Asker, cancellation));
}
