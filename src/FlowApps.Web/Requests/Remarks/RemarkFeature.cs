using FlowApps.Domain.Approvals;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Approvals;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Requests.Remarks;

/// <summary>Asking back and answering beside a case, for who asked and for those who decide.</summary>
public sealed class RemarkFeature : IFeature
{
    public void Map(IEndpointRouteBuilder pages)
    {
        var remarks = pages.MapGroup("/r/{id}/remarks/{taskRunId}").RequirePermission(Permission.UseApps);
        remarks.MapGet("", async (string id, string taskRunId, RequestDesk desk, CancellationToken cancellation) => Thread(await desk.OpenAsync(id, cancellation), taskRunId));
        remarks.MapPost("", SendAsync);
    }

    private static async Task<IResult> SendAsync(string id, string taskRunId, IFormCollection form, HttpContext http, RequestDesk desk, IApprovals approvals, Voices voices, CancellationToken cancellation)
    {
        var request = await desk.OpenAsync(id, cancellation);
        var key = form[FormTokens.IdempotencyField].ToString();
        await approvals.RemarkAsync(id, taskRunId, form["text"].ToString(), (await voices.PlaceAsync(WaitOf(request, taskRunId), cancellation))?.User, voices.Asker(key.Length == 0 ? null : $"remark/{id}/{key}"), cancellation);
        if (!http.Request.Headers.ContainsKey("HX-Request")) return Html.See(http, desk.IsMine(request.Execution) ? Routes.To(Routes.Request, id) : Routes.To(Routes.Approval, id, taskRunId));
        return Thread(await desk.OpenAsync(id, cancellation), taskRunId);
    }

    private static IResult Thread(RequestView request, string taskRunId) => Html.Fragment<RemarkThread>(new { Request = request, Wait = WaitOf(request, taskRunId) });

    private static Wait WaitOf(RequestView request, string taskRunId) =>
        request.Waits.FirstOrDefault(wait => wait.TaskRunId == taskRunId) ?? throw RefusedException.NotFound("Nobody is asked about this any more.");
}
