using FlowApps.Web.Apps.Forms;
using FlowApps.Web.Layout;
using FlowApps.Web.Requests.Receipts;
using FlowApps.Web.Security;

namespace FlowApps.Web.Apps.Public;

/// <summary>Filling and sending a form of an app that is open to everybody. Nothing is kept for strangers but what they send.</summary>
public sealed class PublicAppFeature : IFeature
{
    /// <summary>A field that people do not see and programs that fill everything do.</summary>
    public const string Trap = "website";

    public void AddServices(IServiceCollection services) => services.AddSingleton<VisitorLimit>().AddSingleton<ProofOfWork>();

    public void Map(IEndpointRouteBuilder pages)
    {
        var app = pages.MapGroup("/p/{ns}/{id}").AllowEverybody();
        // In a frame of another site there are no cookies, so no token can be proved; without a session there is nothing that one would guard.
        app.MapPost("", SendAsync).WithMetadata(new StrangersPostAttribute());
        app.MapPost("/change", ChangeAsync).WithMetadata(new StrangersPostAttribute());
    }

    private static async Task<IResult> ChangeAsync(string ns, string id, string? flow, IFormCollection form, HttpContext http, AppDoor door, AppForms forms, VisitorLimit limit, CancellationToken cancellation) => limit.MayChange(http)
        ? Html.Fragment<AppFormFragment>(new { Form = await forms.ChangeAsync(await door.OpenToAllAsync(ns, id, flow, cancellation), form, cancellation) with { IsPublic = true } })
        : Results.StatusCode(StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> SendAsync(string ns, string id, string? flow, IFormCollection form, HttpContext http, AppDoor door, AppForms forms, ReceiptDesk receipts, VisitorLimit limit, ProofOfWork proof, CancellationToken cancellation)
    {
        var app = await door.OpenToAllAsync(ns, id, flow, cancellation);
        if (AppFeature.Then(form) == "send" && !limit.MaySend(http, proof.Accepts(form[ProofOfWork.ChallengeField].ToString(), form[ProofOfWork.AnswerField].ToString()))) return Shown(await RefusedAsync("Too much was sent from where you are. Wait ten minutes, then send it again."), StatusCodes.Status429TooManyRequests);
        if (form[Trap].ToString().Length > 0) return Shown(await RefusedAsync("Leave the field “Website” empty, then send it again."), StatusCodes.Status422UnprocessableEntity);
        if (AppFeature.Then(form) is var then && then != "send")
        {
            var moved = await forms.StepAsync(app, form, then, cancellation);
            return Shown(moved, moved.IsRefused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
        }
        var (request, refused) = await forms.SendAsync(app, form, cancellation);
        return request is null ? Shown(refused!, StatusCodes.Status422UnprocessableEntity) : Html.See(http, Routes.To(Routes.Receipt, await receipts.GiveAsync(request.Id, cancellation)));

        async Task<AppForm> RefusedAsync(string why) => await forms.ChangeAsync(app, form, cancellation) with { IsRefused = true, Refusals = [why] };

        IResult Shown(AppForm kept, int status) => Html.Page<PublicAppPage>(new { Namespace = ns, Id = id, Form = kept with { IsPublic = true } }, status);
    }
}
