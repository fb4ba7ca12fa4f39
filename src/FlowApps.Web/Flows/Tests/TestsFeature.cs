using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Flows.Tests;

/// <summary>Checking, running and saving the tests of a flow's form.</summary>
public sealed class TestsFeature : IFeature
{
    public void AddServices(IServiceCollection services) => services.AddSingleton<TestDesk>();

    public void Map(IEndpointRouteBuilder pages)
    {
        var tests = pages.MapGroup("/flows/{ns}/{id}/tests/form");
        tests.MapPost("/check", async (IFormCollection form, TestDesk desk, CancellationToken cancellation) =>
            Html.Fragment<TestResults>(new { Tested = await desk.RunAsync(TextOf(form), cancellation) })).RequirePermission(Permission.ReadFlows);
        tests.MapPost("", async (string ns, string id, IFormCollection form, HttpContext http, TestDesk desk, CancellationToken cancellation) =>
        {
            try
            {
                await desk.SaveAsync(new FlowId(ns, id), TextOf(form), cancellation);
                return Html.See(http, Routes.To(Routes.FormTests, ns, id));
            }
            catch (RefusedException refused) when (refused.Kind == RefusalKind.Invalid)
            {
                return Html.Page<TestsPage>(new { Namespace = ns, Id = id, Source = TextOf(form), Refused = refused.Problems[0] }, StatusCodes.Status422UnprocessableEntity);
            }
        }).RequirePermission(Permission.WriteFlows);
    }

    private static string TextOf(IFormCollection form) => form["source"].ToString().ReplaceLineEndings("\n");
}
