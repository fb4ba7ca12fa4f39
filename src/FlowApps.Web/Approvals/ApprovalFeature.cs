using FlowApps.Domain.Approvals;
using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Approvals;

/// <summary>Deciding, and what the inbox fetches again when there is news.</summary>
public sealed class ApprovalFeature : IFeature
{
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton(ports => ApprovalOptions.Read(ports.GetRequiredService<IConfiguration>()));
        services.AddScoped<CaseDesk>();
        services.AddScoped<EvidenceDesk>();
        services.AddScoped<Voices>();
        services.AddScoped<Inbox>();
        services.AddScoped<IMenuCount, ApprovalCount>();
    }

    public void Map(IEndpointRouteBuilder pages)
    {
        var approvals = pages.MapGroup(Routes.Approvals).RequirePermission(Permission.DecideApprovals);
        approvals.MapGet("/queue", (string? selected, bool? decided) => Html.Fragment<InboxQueue>(new { Selected = selected, Decided = decided ?? false }));
        var one = approvals.MapGroup("/{executionId}/{taskRunId}");
        one.MapPost("", DecideAsync);
        one.MapPost("/change", async (string executionId, string taskRunId, IFormCollection form, CaseDesk desk, CancellationToken cancellation) =>
            Html.Fragment<CaseFields>(new { Case = await desk.ChangeAsync(executionId, taskRunId, form, cancellation) }));
        one.MapPost("/undo", (string executionId, string taskRunId, IFormCollection form, HttpContext http, IApprovals approvals, Voices voices, CancellationToken cancellation) =>
            BackAsync(http, executionId, taskRunId, () => approvals.UndoAsync(executionId, taskRunId, form["ballot"].ToString(), voices.Asker(), cancellation)));
        one.MapPost("/settle", async (string executionId, string taskRunId, IFormCollection form, IApprovals approvals, Voices voices, CancellationToken cancellation) =>
        {
            await approvals.SettleAsync(executionId, taskRunId, form["ballot"].ToString(), voices.Asker(), cancellation);
            return Results.NoContent();
        });
        one.MapPost("/claim", (string executionId, string taskRunId, HttpContext http, IApprovals approvals, Voices voices, CancellationToken cancellation) =>
            BackAsync(http, executionId, taskRunId, () => approvals.ClaimAsync(executionId, taskRunId, voices.Asker(), cancellation)));
        one.MapPost("/release", (string executionId, string taskRunId, HttpContext http, IApprovals approvals, Voices voices, CancellationToken cancellation) =>
            BackAsync(http, executionId, taskRunId, () => approvals.ReleaseAsync(executionId, taskRunId, voices.Asker(), cancellation)));
        one.MapPost("/reassign", (string executionId, string taskRunId, IFormCollection form, HttpContext http, IApprovals approvals, Voices voices, CancellationToken cancellation) =>
            BackAsync(http, executionId, taskRunId, () => approvals.ReassignAsync(executionId, taskRunId, form["to"].ToString(), form["comment"], voices.Asker(), cancellation)));
    }

    private static async Task<IResult> DecideAsync(string executionId, string taskRunId, IFormCollection form, HttpContext http, CaseDesk desk, CancellationToken cancellation)
    {
        var refused = await desk.DecideAsync(executionId, taskRunId, form, null, cancellation);
        if (refused is null) return Html.See(http, $"{Routes.To(Routes.Approval, executionId, taskRunId)}?done=true");
        var status = refused.Wait.Decision is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
        return Html.Page<ApprovalPage>(new { ExecutionId = executionId, TaskRunId = taskRunId, Case = refused }, status);
    }

    /// <summary>Does it, then shows the case; when it could not be done, the case says why by how it is now.</summary>
    private static async Task<IResult> BackAsync(HttpContext http, string executionId, string taskRunId, Func<Task> action)
    {
        await action();
        return Html.See(http, Routes.To(Routes.Approval, executionId, taskRunId));
    }
}
