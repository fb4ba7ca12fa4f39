using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Web.Apps.Forms;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Flows.Running;

/// <summary>Filling and sending the form that runs a flow.</summary>
public sealed class RunFeature : IFeature
{
    public void AddServices(IServiceCollection services) => services.AddScoped<RunForms>();

    public void Map(IEndpointRouteBuilder pages)
    {
        var run = pages.MapGroup("/flows/{ns}/{id}/run").RequirePermission(Permission.RunExecutions);
        run.MapPost("/change", async (string ns, string id, IFormCollection form, RunForms forms, CancellationToken cancellation) =>
            Html.Fragment<AppFormBody>(new { Form = await forms.ChangeAsync(new FlowId(ns, id), form, cancellation) }));
        run.MapPost("", async (string ns, string id, IFormCollection form, HttpContext http, RunForms forms, CancellationToken cancellation) =>
        {
            if (form[Inputs.InputRows.Command].Count > 0) return Html.Page<RunPage>(new { Namespace = ns, Id = id, Form = await forms.ChangeAsync(new FlowId(ns, id), form, cancellation), Labels = form[RunForms.LabelsField].ToString() });
            var (started, refused) = await forms.RunAsync(new FlowId(ns, id), form, cancellation);
            return started is null
                ? Html.Page<RunPage>(new { Namespace = ns, Id = id, Form = refused, Labels = form[RunForms.LabelsField].ToString() }, StatusCodes.Status422UnprocessableEntity)
                : Html.See(http, Routes.To(Routes.Execution, started.Id));
        });
    }
}
