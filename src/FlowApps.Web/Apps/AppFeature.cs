using System.Globalization;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Apps.Drafts;
using FlowApps.Web.Apps.Forms;
using FlowApps.Web.Inputs;
using FlowApps.Web.Layout;
using FlowApps.Web.Palette;
using FlowApps.Web.Requests;
using FlowApps.Web.Security;

namespace FlowApps.Web.Apps;

/// <summary>Filling and sending an app's form, and the pictures and published files of an app.</summary>
public sealed class AppFeature : IFeature
{
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<AppDoor>();
        services.AddScoped<AppForms>();
        services.AddScoped<DraftDesk>();
        services.AddScoped<ReaderZone>();
        services.AddScoped<PublishedResult>();
        services.AddSingleton<AppPictures>();
        services.AddScoped<IPaletteSource, AppPaletteSource>();
    }

    public void Map(IEndpointRouteBuilder pages)
    {
        var app = pages.MapGroup("/a/{ns}/{id}").RequirePermission(Permission.UseApps);
        app.MapPost("/change", ChangeAsync);
        app.MapPost("", SendAsync);
        app.MapPost("/discard", DiscardAsync);
        app.MapPost("/hand-over", HandOverAsync);
        app.MapPost("/earlier", GoBackAsync);
        // The door decides: what belongs to a public app is open to everybody.
        pages.MapGet("/a/{ns}/{id}/picture/{**path}", PictureAsync).AllowEverybody();
        pages.MapGet("/a/{ns}/{id}/file", async (string ns, string id, string path, AppDoor door, PublishedResult published, RequestFiles files, HttpContext http, CancellationToken cancellation) =>
            await files.DownloadAsync(await published.OpenAsync(await door.OpenAsync(ns, id, cancellation), cancellation), path, http, cancellation)).AllowEverybody();
    }

    private static async Task<IResult> ChangeAsync(string ns, string id, string? flow, IFormCollection form, AppDoor door, AppForms forms, CancellationToken cancellation) =>
        Html.Fragment<AppFormFragment>(new { Form = await forms.ChangeAsync(await door.OpenAsync(ns, id, flow, cancellation), form, cancellation) });

    private static async Task<IResult> SendAsync(string ns, string id, string? flow, IFormCollection form, HttpContext http, AppDoor door, AppForms forms, CancellationToken cancellation)
    {
        var app = await door.OpenAsync(ns, id, flow, cancellation);
        var then = Then(form);
        if (then == "later")
        {
            await forms.ChangeAsync(app, form, cancellation);
            return Html.See(http, Routes.Apps);
        }
        if (then != "send")
        {
            var moved = await forms.StepAsync(app, form, then, cancellation);
            return moved is { IsRefused: false, SavedAt: not null } ? Html.See(http, moved.Address) : Shown(moved, moved.IsRefused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
        }
        var (request, refused) = await forms.SendAsync(app, form, cancellation);
        return request is null ? Shown(refused!, StatusCodes.Status422UnprocessableEntity) : Html.See(http, Routes.To(Routes.Request, request.Id));

        IResult Shown(AppForm kept, int status) => Html.Page<AppPage>(new { Namespace = ns, Id = id, Form = kept }, status);
    }

    /// <summary>
    /// What the reader pressed: <c>send</c>, <c>later</c>, <c>rows</c>, <c>continue</c>, <c>back</c> or <c>step:</c> and an id. The Enter key presses the way forward from where the form is.
    /// </summary>
    internal static string Then(IFormCollection form) => form["then"].ToString() switch
    {
        _ when form[InputRows.Command].Count > 0 => InputRows.Command,
        "later" or "continue" or "back" or ['s', 't', 'e', 'p', ':', ..] => form["then"].ToString(),
        "forward" when form["step"].ToString() is not ("" or FormStep.Review) => "continue",
        _ => "send",
    };

    private static async Task<IResult> DiscardAsync(string ns, string id, string? flow, HttpContext http, AppDoor door, DraftDesk drafts, CancellationToken cancellation)
    {
        await drafts.DiscardAsync(await door.OpenAsync(ns, id, flow, cancellation), cancellation);
        return Html.See(http, Addresses.With(Routes.To(Routes.App, ns, id), ("flow", flow)));
    }

    private static async Task<IResult> GoBackAsync(string ns, string id, string? flow, IFormCollection form, HttpContext http, AppDoor door, DraftDesk drafts, CancellationToken cancellation)
    {
        var to = DateTimeOffset.TryParse(form["to"], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) ? moment : throw RefusedException.Invalid("earlier_state", "Say which earlier state by its time.");
        await drafts.GoBackAsync(await door.OpenAsync(ns, id, flow, cancellation), to, cancellation);
        return Html.See(http, Addresses.With(Routes.To(Routes.App, ns, id), ("flow", flow)));
    }

    private static async Task<IResult> HandOverAsync(string ns, string id, string? flow, IFormCollection form, HttpContext http, AppDoor door, AppForms forms, DraftDesk drafts, CancellationToken cancellation)
    {
        var app = await door.OpenAsync(ns, id, flow, cancellation);
        var kept = await forms.OpenAsync(app, Data.Map(), cancellation);
        try
        {
            await drafts.HandOverAsync(app, kept.Flow, form["to"].ToString(), cancellation);
            return Html.See(http, Routes.Apps);
        }
        catch (RefusedException refused)
        {
            return Html.Page<AppPage>(new { Namespace = ns, Id = id, Form = kept with { IsRefused = true, Refusals = refused.Problems.Select(problem => problem.Message).ToList() } }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    /// <summary>Shown as a picture and as nothing else: an SVG that is opened by itself can run no script.</summary>
    private static async Task<IResult> PictureAsync(string ns, string id, string path, AppDoor door, AppPictures pictures, HttpContext http, CancellationToken cancellation)
    {
        var (content, kind) = await pictures.OpenAsync(await door.OpenAsync(ns, id, cancellation), path, cancellation);
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        http.Response.Headers.CacheControl = "private, max-age=300";
        return Results.Stream(content, kind);
    }
}
