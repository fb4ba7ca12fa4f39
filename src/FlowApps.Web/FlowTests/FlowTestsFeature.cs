using FlowApps.Domain.Flows;
using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Flows.Editing;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.FlowTests;

/// <summary>Checking, saving, running and deleting the tests of a flow.</summary>
public sealed class FlowTestsFeature : IFeature
{
    public void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/flows/{ns}/{id}/tests");
        own.MapPost("/run", RunAsync).RequirePermission(Permission.RunExecutions);
        own.MapPost("/flow/check", (IFormCollection form, IFlowTests tests) => Html.Fragment<ProblemPane>(new { Reading = new FlowReading(null, tests.Read(TextOf(form)).Problems, [], [], []) })).RequirePermission(Permission.ReadFlows);
        own.MapPost("/flow", (string ns, string id, IFormCollection form, HttpContext http, Reader reader, IFlowTests tests, CancellationToken cancellation) =>
            SaveAsync(new FlowId(ns, id), null, form, http, reader, tests, cancellation)).RequirePermission(Permission.WriteFlows);
        own.MapPost("/flow/{suite}", (string ns, string id, string suite, IFormCollection form, HttpContext http, Reader reader, IFlowTests tests, CancellationToken cancellation) =>
            SaveAsync(new FlowId(ns, id), suite, form, http, reader, tests, cancellation)).RequirePermission(Permission.WriteFlows);
        own.MapPost("/flow/{suite}/delete", async (string ns, string id, string suite, HttpContext http, IFlowTests tests, CancellationToken cancellation) =>
        {
            await tests.DeleteAsync(ns, suite, cancellation);
            return Html.See(http, Routes.To(Routes.FlowTests, ns, id));
        }).RequirePermission(Permission.WriteFlows);
    }

    /// <summary>One suite, or all of the flow.</summary>
    private static async Task<IResult> RunAsync(string ns, string id, IFormCollection form, HttpContext http, Reader reader, IFlowTests tests, CancellationToken cancellation)
    {
        var wanted = form["suite"].ToString();
        var found = await tests.SearchAsync(new FlowTestQuery(ns, Below: false, id, wanted.Length == 0 ? null : wanted), new PageRequest(1, 100), cancellation);
        foreach (var suite in found.Results.Select(stored => tests.Read(stored.Source).Suite).OfType<FlowTestSuite>()) await tests.RunAsync(suite, [], reader.Name, cancellation);
        return Html.See(http, Routes.To(Routes.FlowTests, ns, id));
    }

    private static async Task<IResult> SaveAsync(FlowId flow, string? suite, IFormCollection form, HttpContext http, Reader reader, IFlowTests tests, CancellationToken cancellation)
    {
        try
        {
            var reading = tests.Read(TextOf(form));
            var written = reading.Suite ?? throw new RefusedException(RefusalKind.Invalid, reading.Problems);
            if (written.Flow != flow) throw RefusedException.Invalid("other_flow", $"These tests are about {written.Flow}, not about {flow}.");
            if (suite is not null && written.Id != suite) throw RefusedException.Invalid("name_changed", $"The id of tests cannot change: this was `{suite}`.");
            await tests.SaveAsync(TextOf(form), reader.Name, int.TryParse(form["revision"], out var revision) ? revision : null, cancellation);
            if (reader.May(Permission.RunExecutions)) await tests.RunAsync(written, [], reader.Name, cancellation);
            return Html.See(http, Routes.To(Routes.FlowTest, flow.Namespace, flow.Id, written.Id));
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Invalid or RefusalKind.Conflict)
        {
            var status = refused.Kind == RefusalKind.Invalid ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
            return Html.Page<FlowTestPage>(new { flow.Namespace, flow.Id, Suite = suite, Source = TextOf(form), Refused = refused.Problems[0] }, status);
        }
    }

    private static string TextOf(IFormCollection form) => form["source"].ToString().ReplaceLineEndings("\n");
}
