using FlowApps.Domain.Apps;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Apps;

/// <summary>Apps: search, one with its source, its revisions, the catalogue of the caller, tags.</summary>
public sealed class ReadApps : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/apps/search", SearchAsync).RequirePermission(Permission.ReadApps).WithName("searchApps");
        api.MapGet("/apps/catalog", CatalogueAsync).RequirePermission(Permission.UseApps).WithName("searchAppsFromCatalog");
        api.MapGet("/apps/tags", TagsAsync).RequirePermission(Permission.UseApps).WithName("listTags");
        api.MapGet("/apps/{uid}", GetAsync).RequirePermission(Permission.ReadApps).WithName("getApp");
        api.MapGet("/apps/{uid}/revisions", RevisionsAsync).RequirePermission(Permission.ReadApps).WithName("listAppRevisions");
    }

    private static async Task<IResult> SearchAsync(string? q, string? @namespace, [AsParameters] Paging paging, IApps apps, CancellationToken cancellation)
    {
        var found = await apps.SearchAsync(q, @namespace, paging.Request, cancellation);
        return Answer.Page(found.Results, found.Total, AppJson.Write);
    }

    private static async Task<IResult> CatalogueAsync(string? q, string? tags, [AsParameters] Paging paging, Reader reader, UserDirectory users, IApps apps, CancellationToken cancellation)
    {
        var found = await apps.CatalogueAsync(await users.FindAsync(reader.Name, cancellation), q, tags?.Split(',')[0], cancellation);
        return Answer.Page(found.Skip(paging.Request.Offset).Take(paging.Request.Limit), found.Count, AppJson.Write);
    }

    private static async Task<IResult> TagsAsync(Reader reader, UserDirectory users, IApps apps, CancellationToken cancellation)
    {
        var found = await apps.CatalogueAsync(await users.FindAsync(reader.Name, cancellation), null, null, cancellation);
        return Answer.Json(new { tags = found.SelectMany(app => app.Tags).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal) });
    }

    private static async Task<IResult> GetAsync(string uid, IApps apps, CancellationToken cancellation) =>
        Shown(await AppName.Read(uid).SourceAsync(apps, cancellation), apps);

    private static async Task<IResult> RevisionsAsync(string uid, IApps apps, CancellationToken cancellation)
    {
        var name = AppName.Read(uid);
        await name.SourceAsync(apps, cancellation);
        return Answer.Json(await apps.RevisionsAsync(name.Namespace, name.Id, cancellation));
    }

    /// <summary>A stored app with its source. One that can no longer be read still shows its source.</summary>
    public static IResult Shown(AppRevision revision, IApps apps) => apps.Read(revision.Source).App is { } app
        ? new JsonAnswer(writer => AppJson.Write(writer, app, revision))
        : Answer.Json(new { uid = AppJson.Uid(revision.Namespace, revision.Id), revision.Id, revision.Namespace, revision.Revision, enabled = false, revision.Source });
}
