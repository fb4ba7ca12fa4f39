using System.Globalization;
using System.Runtime.CompilerServices;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Api;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;
using FlowApps.Yaml.Flows;

namespace FlowApps.Web.Apps.Admin;

/// <summary>Checking, saving and deleting the texts of apps.</summary>
public sealed class AppSourceFeature : IFeature
{
    private const int MostExported = 1000;

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost($"{Routes.AppSources}/check", (IFormCollection form, IApps apps) => Html.Fragment<CheckedApp>(new { Reading = apps.Read(TextOf(form)), Typed = form })).RequirePermission(Permission.ReadApps);
        pages.MapPost($"{Routes.AppSources}/new", (IFormCollection form, HttpContext http, IApps apps, Reader reader, CancellationToken cancellation) => SaveAsync("", "", form, http, apps, reader, cancellation)).RequirePermission(Permission.WriteApps);
        pages.MapPost("/apps-admin/{ns}/{id}", SaveAsync).RequirePermission(Permission.WriteApps);
        pages.MapPost($"{Routes.AppSources}/import", ImportAsync).RequirePermission(Permission.WriteApps);
        pages.MapGet($"{Routes.AppSources}/export", ExportAsync).RequirePermission(Permission.ReadApps);
        pages.MapPost("/apps-admin/{ns}/{id}/switch", SwitchAsync).RequirePermission(Permission.WriteApps);
        pages.MapPost("/apps-admin/{ns}/{id}/restore", RestoreAsync).RequirePermission(Permission.WriteApps);
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

    /// <summary>Enables or disables: a new revision whose text says so.</summary>
    private static async Task<IResult> SwitchAsync(string ns, string id, IFormCollection form, HttpContext http, IApps apps, Reader reader, CancellationToken cancellation)
    {
        var stored = await apps.SourceAsync(ns, id, null, cancellation) ?? throw RefusedException.NotFound($"There is no app {ns}.{id} with a text of its own.");
        await apps.SaveAsync(FlowSource.WithDisabled(stored.Source, form["disabled"] == "true"), reader.Name, stored.Revision, cancellation);
        return Html.See(http, Routes.AppSources);
    }

    /// <summary>An old text becomes the newest revision.</summary>
    private static async Task<IResult> RestoreAsync(string ns, string id, IFormCollection form, HttpContext http, IApps apps, Reader reader, CancellationToken cancellation)
    {
        var wanted = int.TryParse(form["revision"], out var number) ? number : 0;
        var old = await apps.SourceAsync(ns, id, wanted, cancellation) ?? throw RefusedException.NotFound($"There is no revision {wanted} of the app {ns}.{id}.");
        await apps.SaveAsync(old.Source, reader.Name, int.TryParse(form["expected"], out var expected) ? expected : null, cancellation);
        return Html.See(http, Routes.To(Routes.AppRevisions, ns, id));
    }

    private static async Task<IResult> ExportAsync(string? q, IApps apps, CancellationToken cancellation)
    {
        var found = await apps.SearchAsync(q, null, new PageRequest(1, MostExported), cancellation);
        return await TextArchive.ZipAsync("apps.zip", TextsAsync(found.Results, apps, cancellation), cancellation);
    }

    private static async IAsyncEnumerable<(string, string)> TextsAsync(IReadOnlyList<App> found, IApps apps, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var app in found)
            if (await apps.SourceAsync(app.Namespace, app.Id, null, cancellation) is { } stored) yield return ($"{app.Namespace}.{app.Id}.yml", stored.Source);
    }

    /// <summary>All texts are read before any is saved.</summary>
    private static async Task<IResult> ImportAsync(HttpContext http, IApps apps, Reader reader, CancellationToken cancellation)
    {
        var sources = await TextArchive.UploadedAsync(http.Request, cancellation);
        var problems = sources.SelectMany(source => apps.Read(source).Problems).ToList();
        if (problems.Count > 0) return Html.Page<AppSourcesPage>(new { Refused = (IReadOnlyList<Problem>)problems }, StatusCodes.Status422UnprocessableEntity);
        foreach (var source in sources) await apps.SaveAsync(source, reader.Name, null, cancellation);
        return Html.See(http, Addresses.With(Routes.AppSources, ("imported", sources.Count.ToString(CultureInfo.InvariantCulture))));
    }

    private static string TextOf(IFormCollection form) => form["source"].ToString().ReplaceLineEndings("\n");
}
