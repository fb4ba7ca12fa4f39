using FlowApps.Domain.Approvals;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Approvals;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Approvals;

/// <summary>Questions of the caller's: <c>lane</c> is TO_DECIDE (the default), ASSIGNED, AVAILABLE, WITH_OTHERS, DECIDED or TO_CHANGE.</summary>
public sealed class SearchApprovals : IApi
{
    public void Map(IEndpointRouteBuilder api) => api.MapGet("/approvals/search", HandleAsync).RequirePermission(Permission.DecideApprovals).WithName("searchApprovals");

    private static async Task<IResult> HandleAsync(string? lane, string? q, string? ns, string? flowId, [AsParameters] Paging paging, Voices voices, IWaitStore waits, CancellationToken cancellation)
    {
        var found = WaitLane.ToDecide;
        if (lane is not null && !Enum.TryParse(lane.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out found)) throw RefusedException.Invalid("unknown_lane", $"There is no lane {lane}.");
        var page = await waits.SearchAsync(await voices.InAsync(found, cancellation) with { Text = q, Namespace = ns, FlowId = flowId }, paging.Request, cancellation);
        return Answer.Json(new Page<WaitJson>([.. page.Results.Select(WaitJson.Of)], page.Total));
    }
}
