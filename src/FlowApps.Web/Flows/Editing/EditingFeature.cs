using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Flows.Editing;

/// <summary>Checking a text while it is written, and saving it.</summary>
public sealed class EditingFeature : IFeature
{
    /// <summary>Tells the editor's script that its text is stored now.</summary>
    private const string Event = "HX-Trigger-After-Settle";

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost($"{Routes.Flows}/check", (IFormCollection form, IFlows flows) => Html.Fragment<CheckedSource>(new { Text = TextOf(form), Reading = flows.Read(TextOf(form)), Typed = form })).RequirePermission(Permission.ReadFlows);
        pages.MapPost(Routes.NewFlow, CreateAsync).RequirePermission(Permission.WriteFlows);
        pages.MapPost("/flows/{ns}/{id}", SaveAsync).RequirePermission(Permission.WriteFlows);
        pages.MapPost("/flows/{ns}/{id}/restore", RestoreAsync).RequirePermission(Permission.WriteFlows);
    }

    private static async Task<IResult> CreateAsync(IFormCollection form, HttpContext http, IFlows flows, Reader reader, CancellationToken cancellation)
    {
        var text = TextOf(form);
        try
        {
            var made = await flows.CreateAsync(text, reader.Name, cancellation);
            return Html.See(http, Routes.To(Routes.Flow, made.Key.Namespace, made.Key.Id));
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Invalid or RefusalKind.Conflict)
        {
            return Html.Page<NewFlowPage>(new { Source = Refused(flows, text, 0, refused) }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> SaveAsync(string ns, string id, IFormCollection form, HttpContext http, IFlows flows, Reader reader, CancellationToken cancellation)
    {
        var key = new FlowId(ns, id);
        var text = TextOf(form);
        var made = int.TryParse(form["over"], out var over) ? over : int.TryParse(form["revision"], out var number) ? number : (int?)null;
        try
        {
            var saved = await flows.UpdateAsync(key, text, reader.Name, made, cancellation);
            if (!http.Request.Headers.ContainsKey("HX-Request")) return Html.See(http, Routes.To(Routes.Flow, ns, id));
            http.Response.Headers[Event] = $"{{\"source-saved\":{{\"revision\":{saved.Revision}}}}}";
            return Html.Page<FlowPage>(new { Namespace = ns, Id = id });
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Invalid or RefusalKind.Conflict)
        {
            var source = Refused(flows, text, made ?? 0, refused);
            if (refused.Kind == RefusalKind.Conflict && await flows.SourceAsync(key, null, cancellation) is { } newest) source = source with { Overtaken = newest.Revision };
            return Html.Page<FlowPage>(new { Namespace = ns, Id = id, Source = source }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> RestoreAsync(string ns, string id, IFormCollection form, HttpContext http, IFlows flows, Reader reader, CancellationToken cancellation)
    {
        var key = new FlowId(ns, id);
        var wanted = int.TryParse(form["revision"], out var number) ? number : 0;
        var old = await flows.SourceAsync(key, wanted, cancellation) ?? throw RefusedException.NotFound($"There is no revision {wanted} of {key}.");
        await flows.UpdateAsync(key, old.Source, reader.Name, int.TryParse(form["expected"], out var expected) ? expected : null, cancellation);
        return Html.See(http, Routes.To(Routes.Flow, ns, id) + "/revisions");
    }

    /// <summary>Problems of the text are in its reading already; what is left is a refusal of its own.</summary>
    private static FlowSource Refused(IFlows flows, string text, int revision, RefusedException refused)
    {
        var reading = flows.Read(text);
        return new FlowSource(text, reading) { Revision = revision, Refused = reading.Problems.Count > 0 ? null : refused.Problems[0] };
    }

    /// <summary>Browsers send line ends as CR LF; flows are kept with LF.</summary>
    private static string TextOf(IFormCollection form) => form["source"].ToString().ReplaceLineEndings("\n");
}
