using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Pauses a running execution: what runs goes on to its end, nothing new starts.</summary>
public sealed class PauseExecution : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/executions/{executionId}/pause", HandleAsync).RequirePermission(Permission.RunExecutions).AddEndpointFilter<ConflictIsInvalid>().WithName("pauseExecution");
        api.MapBulk(HttpMethods.Post, "pause", "pauseExecutions", Permission.RunExecutions, Bulk.In(State.Running), (http, execution, asker) =>
            http.RequestServices.GetRequiredService<IExecutions>().PauseAsync(execution.Id, asker, http.RequestAborted));
    }

    private static async Task<IResult> HandleAsync(string executionId, ApiCall call, IExecutions executions, CancellationToken cancellation) =>
        ExecutionJson.Answer(await executions.PauseAsync(executionId, call.Asker, cancellation));
}
