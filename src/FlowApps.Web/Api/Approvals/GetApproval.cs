using FlowApps.Domain.Approvals;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Approvals;
using FlowApps.Web.Requests;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Approvals;

/// <summary>One question with its stages, decisions and changes of answers, and what was shown when somebody decided.</summary>
public sealed class GetApproval : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/approvals/{executionId}/{taskRunId}", HandleAsync).RequirePermission(Permission.DecideApprovals).WithName("approval");
        api.MapGet("/approvals/{executionId}/{taskRunId}/evidence/{decisionId}", SeenAsync).RequirePermission(Permission.DecideApprovals).WithName("approvalEvidence");
    }

    private static async Task<IResult> HandleAsync(string executionId, string taskRunId, RequestDesk requests, IWaitStore waits, CancellationToken cancellation)
    {
        await requests.OpenAsync(executionId, cancellation);
        return Answer.Json(WaitJson.Of(await waits.FindAsync(executionId, taskRunId, cancellation) ?? throw RefusedException.NotFound("Nobody is asked about this.")));
    }

    private static async Task<IResult> SeenAsync(string executionId, string taskRunId, string decisionId, CaseDesk cases, CancellationToken cancellation) =>
        Answer.Json((await cases.SeenAsync(executionId, taskRunId, decisionId, cancellation)).Evidence);
}
