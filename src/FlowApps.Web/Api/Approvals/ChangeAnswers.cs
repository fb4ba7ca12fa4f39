using FlowApps.Domain.Approvals;
using FlowApps.Domain.Security;
using FlowApps.Web.Approvals;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Approvals;

/// <summary>The requester's new answers after somebody asked for changes; only those that change are sent. Everybody decides anew.</summary>
public sealed class ChangeAnswers : IApi
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/approvals/{executionId}/{taskRunId}/changes", async (string executionId, string taskRunId, HttpRequest request, ApiCall call, Voices voices, IApprovals approvals, CancellationToken cancellation) =>
        {
            var body = await request.ReadJsonAsync<ChangesJson>();
            await approvals.EditAnswersAsync(executionId, taskRunId, body.Inputs, body.Comment, voices.Asker(call.IdempotencyKey), cancellation);
            return Results.NoContent();
        }).RequirePermission(Permission.UseApps).WithName("changeAnswers");
}
