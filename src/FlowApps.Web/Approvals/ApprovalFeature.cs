using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Approvals;

/// <summary>Deciding, and what the inbox fetches again when there is news.</summary>
public sealed class ApprovalFeature : IFeature
{
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<CaseDesk>();
        services.AddScoped<Inbox>();
        services.AddScoped<IMenuCount, ApprovalCount>();
    }

    public void Map(IEndpointRouteBuilder pages)
    {
        var approvals = pages.MapGroup(Routes.Approvals).RequirePermission(Permission.DecideApprovals);
        approvals.MapGet("/queue", (string? selected, bool? decided) => Html.Fragment<InboxQueue>(new { Selected = selected, Decided = decided ?? false }));
        approvals.MapPost("/{executionId}/{taskRunId}", DecideAsync);
        approvals.MapPost("/{executionId}/{taskRunId}/change", async (string executionId, string taskRunId, IFormCollection form, CaseDesk desk, CancellationToken cancellation) =>
            Html.Fragment<CaseFields>(new { Case = await desk.ChangeAsync(executionId, taskRunId, form, cancellation) }));
    }

    private static async Task<IResult> DecideAsync(string executionId, string taskRunId, IFormCollection form, HttpContext http, CaseDesk desk, CancellationToken cancellation)
    {
        var refused = await desk.DecideAsync(executionId, taskRunId, form, cancellation);
        if (refused is null) return Html.See(http, $"{Routes.To(Routes.Approval, executionId, taskRunId)}?done=true");
        var status = refused.Wait.Decision is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
        return Html.Page<ApprovalPage>(new { ExecutionId = executionId, TaskRunId = taskRunId, Case = refused }, status);
    }
}
