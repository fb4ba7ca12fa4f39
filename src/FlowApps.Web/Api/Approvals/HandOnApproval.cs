using FlowApps.Domain.Approvals;
using FlowApps.Domain.Security;
using FlowApps.Web.Approvals;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Approvals;

/// <summary>Takes a question on, lets it go, or hands one's part to a colleague. Each is written down with who did it.</summary>
public sealed class HandOnApproval : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        var one = api.MapGroup("/approvals/{executionId}/{taskRunId}");
        one.MapPost("/claim", async (string executionId, string taskRunId, ApiCall call, Voices voices, IApprovals approvals, CancellationToken cancellation) =>
        {
            await approvals.ClaimAsync(executionId, taskRunId, voices.Asker(call.IdempotencyKey), cancellation);
            return Results.NoContent();
        }).RequirePermission(Permission.DecideApprovals).WithName("claimApproval");
        one.MapPost("/release", async (string executionId, string taskRunId, ApiCall call, Voices voices, IApprovals approvals, CancellationToken cancellation) =>
        {
            await approvals.ReleaseAsync(executionId, taskRunId, voices.Asker(call.IdempotencyKey), cancellation);
            return Results.NoContent();
        }).RequirePermission(Permission.DecideApprovals).WithName("releaseApproval");
        one.MapPost("/reassign", async (string executionId, string taskRunId, HttpRequest request, ApiCall call, Voices voices, IApprovals approvals, CancellationToken cancellation) =>
        {
            var body = await request.ReadJsonAsync<HandOnJson>();
            await approvals.ReassignAsync(executionId, taskRunId, body.To, body.Comment, voices.Asker(call.IdempotencyKey), cancellation);
            return Results.NoContent();
        }).RequirePermission(Permission.DecideApprovals).WithName("reassignApproval");
    }
}
