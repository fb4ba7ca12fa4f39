using FlowApps.Domain.Apps;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Apps.Admin;

/// <summary>Checking, saving and deleting the texts of apps.</summary>
public sealed class AppSourceFeature : IFeature
{
    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost($"{Routes.AppSources}/check", (IFormCollection form, IApps apps) => Html.Fragment<CheckedApp>(new { Reading = apps.Read(TextOf(form)) })).RequirePermission(Permission.ReadApps);
        pages.MapPost($"{Routes.AppSources}/new", (IFormCollection form, HttpContext http, IApps apps, Reader reader, CancellationToken cancellation) => SaveAsync("", "", form, http, apps, reader, cancellation)).RequirePermission(Permission.WriteApps);
        pages.MapPost("/apps-admin/{ns}/{id}", SaveAsync).RequirePermission(Permission.WriteApps);
        pages.MapPost("/apps-admin/{ns}/{id}/delete", async (string ns, string id, IFormCollection form, HttpContext http, IApps apps, CancellationToken cancellation) =>
        {
            await apps.DeleteAsync(ns, id, cancellation);
            return Html.See(http, Routes.AppSources);
        }).RequirePermission(Permission.WriteApps);
    }

    private static async Task<IResult> SaveAsync(string ns, string id, IFormCollection form, HttpContext http, IApps apps, Reader reader, CancellationToken cancellation)
    {
        var text = TextOf(form);
        var seen = int.TryParse(form["revision"], out var number) ? number : 0;
        try
        {
            var reading = apps.Read(text);
            if (id.Length > 0 && reading.App is { } app && (app.Namespace != ns || app.Id != id))
                throw RefusedException.Conflict("app_renamed", $"This is the app {ns}.{id}; its id and namespace cannot change. Make a new app instead.");
            var saved = await apps.SaveAsync(text, reader.Name, seen, cancellation);
            if (id.Length == 0 || !http.Request.Headers.ContainsKey("HX-Request")) return Html.See(http, Routes.To(Routes.AppSource, saved.Namespace, saved.Id));
            http.Response.Headers["HX-Trigger-After-Settle"] = $"{{\"source-saved\":{{\"revision\":{saved.Revision}}}}}";
            return Html.Page<AppSourcePage>(new { Namespace = ns, Id = id });
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Invalid or RefusalKind.Conflict)
        {
            var reading = apps.Read(text);
            return Html.Page<AppSourcePage>(new { Namespace = ns, Id = id, Source = new AppSourceText(text, reading, seen, reading.Problems.Count > 0 ? null : refused.Problems[0]) }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static string TextOf(IFormCollection form) => form["source"].ToString().ReplaceLineEndings("\n");
}
