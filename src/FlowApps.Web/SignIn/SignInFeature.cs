using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.SignIn;

/// <summary>Signing in and out.</summary>
public sealed class SignInFeature : IFeature
{
    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(Routes.SignIn, SignInAsync).AllowEverybody();
        pages.MapPost(Routes.SignOut, async (HttpContext http, SessionEvents sessions) =>
        {
            await sessions.SignOutAsync(http);
            return Html.See(http, Routes.SignIn);
        }).RequireSignIn();
        pages.MapGet(Routes.Home, (HttpContext http, Reader reader) => Html.See(http, StartPage.Of(reader))).RequireSignIn();
    }

    private static async Task<IResult> SignInAsync(HttpContext http, IFormCollection form, Credentials credentials, SignInLimit limit, SessionEvents sessions, CancellationToken cancellation)
    {
        var name = form["user"].ToString().Trim();
        var returnUrl = form["returnUrl"].ToString();
        if (limit.IsReached(name))
            return Refused(name, returnUrl, $"Too many tries. Wait {SignInLimit.Window.Minutes} minutes, then try again.", StatusCodes.Status429TooManyRequests);
        if (await credentials.CheckAsync(name, form["pass"].ToString(), cancellation) is not { } user)
        {
            limit.Count(name);
            return Refused(name, returnUrl, "User name and password do not match. Nothing was signed in.", StatusCodes.Status422UnprocessableEntity);
        }
        await sessions.SignInAsync(http, user, keep: form["keep"] == "true");
        return Html.See(http, LocalAddress.Or(returnUrl, Routes.Home));
    }

    private static IResult Refused(string name, string returnUrl, string error, int status) =>
        Html.Page<SignInPage>(new { Name = name, ReturnUrl = returnUrl, Error = error }, status);
}
