using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Gives an ended execution another end state.</summary>
public sealed class ChangeStatus : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/executions/{executionId}/change-status", HandleAsync).RequirePermission(Permission.RunExecutions).AddEndpointFilter<ConflictIsInvalid>().WithName("updateExecutionStatus");
        api.MapBulk(HttpMethods.Post, "change-status", "updateExecutionsStatus", Permission.RunExecutions, Bulk.Terminated, (http, execution, asker) =>
            http.RequestServices.GetRequiredService<IExecutions>().SetStateAsync(execution.Id, Wanted(http.Request), asker, http.RequestAborted));
    }

    private static async Task<IResult> HandleAsync(string executionId, HttpRequest request, ApiCall call, IExecutions executions, CancellationToken cancellation) =>
        ExecutionJson.Answer(await executions.SetStateAsync(executionId, Wanted(request), call.Asker, cancellation));

    private static State Wanted(HttpRequest request) => StateWord.Read(request.Query["status"].FirstOrDefault() ?? request.Query["newStatus"].FirstOrDefault());
}
