using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Requests.Changes;

/// <summary>Sends changed answers back.</summary>
public sealed class ChangeFeature : IFeature
{
    public void AddServices(IServiceCollection services) => services.AddScoped<ChangeDesk>();

    public void Map(IEndpointRouteBuilder pages)
    {
        var changes = pages.MapGroup("/r/{id}/changes/{taskRunId}").RequirePermission(Permission.UseApps);
        changes.MapPost("/change", async (string id, string taskRunId, IFormCollection form, ChangeDesk desk, CancellationToken cancellation) =>
            Html.Fragment<ChangeFields>(new { Form = await desk.ChangeAsync(id, taskRunId, form, cancellation) ?? throw RefusedException.NotFound("Nobody asks for a change any more.") }));
        changes.MapPost("", async (string id, string taskRunId, IFormCollection form, HttpContext http, ChangeDesk desk, CancellationToken cancellation) =>
            await desk.SendAsync(id, taskRunId, form, cancellation) is { } refused
                ? Html.Page<ChangesPage>(new { Id = id, TaskRunId = taskRunId, Form = refused }, StatusCodes.Status422UnprocessableEntity)
                : Html.See(http, Routes.To(Routes.Request, id)));
    }
}
