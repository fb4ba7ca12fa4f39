using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Goes on with an ended execution from its failed tasks; on another revision it becomes a new execution.</summary>
public sealed class RestartExecution : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/executions/{executionId}/restart", HandleAsync).RequirePermission(Permission.RunExecutions).AddEndpointFilter<ConflictIsInvalid>().WithName("restartExecution");
        api.MapBulk(HttpMethods.Post, "restart", "restartExecutions", Permission.RunExecutions, Allowed, (http, execution, asker) =>
            http.RequestServices.GetRequiredService<IExecutions>().RestartAsync(execution.Id, revision: null, asker, http.RequestAborted));
    }

    private static string? Allowed(Execution execution) => execution.State.Current == State.Paused ? null : Bulk.Terminated(execution);

    private static async Task<IResult> HandleAsync(string executionId, int? revision, ApiCall call, IExecutions executions, AsAccepted accepted, CancellationToken cancellation) =>
        ExecutionJson.Answer(await accepted.RestartedAsync(executionId, () => executions.RestartAsync(executionId, revision, call.Asker, cancellation), cancellation));
}
