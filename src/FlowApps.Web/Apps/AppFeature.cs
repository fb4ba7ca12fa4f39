using FlowApps.Domain.Security;
using FlowApps.Web.Apps.Drafts;
using FlowApps.Web.Apps.Forms;
using FlowApps.Web.Layout;
using FlowApps.Web.Palette;
using FlowApps.Web.Security;

namespace FlowApps.Web.Apps;

/// <summary>Filling and sending an app's form.</summary>
public sealed class AppFeature : IFeature
{
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<AppDoor>();
        services.AddScoped<AppForms>();
        services.AddScoped<DraftDesk>();
        services.AddScoped<ReaderZone>();
        services.AddScoped<IPaletteSource, AppPaletteSource>();
    }

    public void Map(IEndpointRouteBuilder pages)
    {
        var app = pages.MapGroup("/a/{ns}/{id}").RequirePermission(Permission.UseApps);
        app.MapPost("/change", ChangeAsync);
        app.MapPost("", SendAsync);
        app.MapPost("/discard", DiscardAsync);
    }

    private static async Task<IResult> ChangeAsync(string ns, string id, IFormCollection form, AppDoor door, AppForms forms, CancellationToken cancellation) =>
        Html.Fragment<AppFormFragment>(new { Form = await forms.ChangeAsync(await door.OpenAsync(ns, id, cancellation), form, cancellation) });

    private static async Task<IResult> SendAsync(string ns, string id, IFormCollection form, HttpContext http, AppDoor door, AppForms forms, CancellationToken cancellation)
    {
        var app = await door.OpenAsync(ns, id, cancellation);
        var then = Then(form);
        if (then == "later")
        {
            await forms.ChangeAsync(app, form, cancellation);
            return Html.See(http, Routes.Apps);
        }
        if (then != "send")
        {
            var moved = await forms.StepAsync(app, form, then, cancellation);
            return moved is { IsRefused: false, SavedAt: not null }
                ? Html.See(http, Routes.To(Routes.App, ns, id))
                : Html.Page<AppPage>(new { Namespace = ns, Id = id, Form = moved }, moved.IsRefused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
        }
        var (request, refused) = await forms.SendAsync(app, form, cancellation);
        return request is null
            ? Html.Page<AppPage>(new { Namespace = ns, Id = id, Form = refused }, StatusCodes.Status422UnprocessableEntity)
            : Html.See(http, Routes.To(Routes.Request, request.Id));
    }

    /// <summary>What the reader pressed: <c>send</c>, <c>later</c>, <c>continue</c>, <c>back</c> or <c>step:</c> and an id. The Enter key presses the way forward from where the form is.</summary>
    internal static string Then(IFormCollection form) => form["then"].ToString() switch
    {
        "later" or "continue" or "back" or ['s', 't', 'e', 'p', ':', ..] => form["then"].ToString(),
        "forward" when form["step"].ToString() is not ("" or FormStep.Review) => "continue",
        _ => "send",
    };

    private static async Task<IResult> DiscardAsync(string ns, string id, IFormCollection form, HttpContext http, AppDoor door, DraftDesk drafts, CancellationToken cancellation)
    {
        await drafts.DiscardAsync(await door.OpenAsync(ns, id, cancellation), cancellation);
        return Html.See(http, Routes.To(Routes.App, ns, id));
    }
}
