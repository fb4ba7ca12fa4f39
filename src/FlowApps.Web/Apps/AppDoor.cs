using FlowApps.Domain.Apps;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Apps;

/// <summary>Opens an app for a reader, or says there is none: an app that the reader may not use looks like one that does not exist.</summary>
public sealed class AppDoor(IApps apps, Reader reader, TimeProvider clock)
{
    /// <summary>Errors: NotFound.</summary>
    public async Task<App> OpenAsync(string ns, string id, CancellationToken cancellation) =>
        await apps.FindAsync(ns, id, cancellation) is { } app && May(app) ? app : throw RefusedException.NotFound("There is no such app, or it is not open to you.");

    /// <summary>An app for signed-in people, over the flow that they chose (null: its own). Errors: NotFound.</summary>
    public async Task<App> OpenAsync(string ns, string id, string? flow, CancellationToken cancellation) => Over(await OpenAsync(ns, id, cancellation), flow);

    /// <summary>An app that everybody may use, over a flow of it. Errors: NotFound.</summary>
    public async Task<App> OpenToAllAsync(string ns, string id, string? flow, CancellationToken cancellation) => Over(await OpenToAllAsync(ns, id, cancellation), flow);

    /// <summary>An app that everybody may use. Errors: NotFound.</summary>
    public async Task<App> OpenToAllAsync(string ns, string id, CancellationToken cancellation) =>
        await apps.FindAsync(ns, id, cancellation) is { Access.Type: AppAccessType.Public } app && May(app) ? app : throw RefusedException.NotFound("There is no such form, or it is closed.");

    /// <summary>Somebody who is not signed in goes to the app's public page; when there is none, and whether or not there is such an app, to signing in.</summary>
    public async Task LeadStrangerAsync(string ns, string id, HttpContext http, CancellationToken cancellation)
    {
        var isPublic = await apps.FindAsync(ns, id, cancellation) is { Access.Type: AppAccessType.Public } app && May(app);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = isPublic
            ? Routes.To(Routes.PublicApp, ns, id) + http.Request.QueryString
            : $"{Routes.SignIn}?returnUrl={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}";
    }

    public bool May(App app) => !app.Disabled && IsInWindow(app) && (app.Access.Type == AppAccessType.Public || IsInvited(app));

    private static App Over(App app, string? flow) => app.Over(flow ?? app.FlowId) ?? throw RefusedException.NotFound("This app does not offer that.");

    private bool IsInvited(App app) => reader.May(Permission.UseApps) &&
        (app.Access.Groups.Count == 0 || reader.IsDeveloper || app.Access.Groups.Intersect(reader.Groups).Any());

    private bool IsInWindow(App app)
    {
        var now = clock.GetUtcNow();
        return app.Expiration is not { } window || (window.StartDate ?? now) <= now && now <= (window.EndDate ?? now);
    }
}
