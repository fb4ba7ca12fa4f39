using FlowApps.Domain.Approvals;
using FlowApps.Domain.Security;
using FlowApps.Web.Approvals;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Approvals;

/// <summary>Asks back or answers beside a case: whoever asked, and those who are asked. It decides nothing; the others are told.</summary>
public sealed class RemarkOnApproval : IApi
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/approvals/{executionId}/{taskRunId}/remarks", async (string executionId, string taskRunId, HttpRequest request, ApiCall call, Voices voices, IApprovals approvals, CancellationToken cancellation) =>
        {
            var body = await request.ReadJsonAsync<RemarkJson>();
            await approvals.RemarkAsync(executionId, taskRunId, body.Text, body.For, voices.Asker(call.IdempotencyKey), cancellation);
            return Results.NoContent();
        }).RequirePermission(Permission.UseApps).WithName("remarkOnApproval");
}
