using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Takes an execution out of its flow's queue: it runs now (or ends in the given state), whatever the concurrency limit.</summary>
public sealed class UnqueueExecution : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/executions/{executionId}/unqueue", HandleAsync).RequirePermission(Permission.RunExecutions).AddEndpointFilter<ConflictIsInvalid>().WithName("unqueueExecution");
        api.MapBulk(HttpMethods.Post, "unqueue", "unqueueExecutions", Permission.RunExecutions, Bulk.In(State.Queued), (http, execution, asker) =>
            http.RequestServices.GetRequiredService<IExecutions>().UnqueueAsync(execution.Id, Wanted(http.Request), asker, http.RequestAborted));
    }

    private static async Task<IResult> HandleAsync(string executionId, HttpRequest request, ApiCall call, IExecutions executions, CancellationToken cancellation) =>
        ExecutionJson.Answer(await executions.UnqueueAsync(executionId, Wanted(request), call.Asker, cancellation));

    private static State? Wanted(HttpRequest request) =>
        (request.Query["state"].FirstOrDefault() ?? request.Query["newState"].FirstOrDefault()) is { Length: > 0 } word ? StateWord.Read(word) : null;
}
