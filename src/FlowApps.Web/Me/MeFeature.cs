using System.Security.Claims;
using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Me;

/// <summary>What people do with their own account: another password, tokens for programs.</summary>
public sealed class MeFeature : IFeature
{
    public const int ShortestPassword = 10;

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost($"{Routes.Me}/language", ChooseLanguage).RequireSignIn();
        pages.MapPost($"{Routes.Me}/password", ChangePasswordAsync).RequireSignIn();
        pages.MapPost($"{Routes.Me}/tokens", async (IFormCollection form, Reader reader, ApiTokens tokens, CancellationToken cancellation) =>
            Html.Page<MePage>(new { Token = await tokens.CreateAsync(reader.Name, form["name"].ToString(), lifetime: null, cancellation) })).RequirePermission(Permission.ReadFlows);
        pages.MapPost($"{Routes.Me}/tokens/{{id}}/revoke", async (string id, IFormCollection form, HttpContext http, Reader reader, ApiTokens tokens, CancellationToken cancellation) =>
        {
            await tokens.RevokeAsync(reader.Name, id, cancellation);
            return Html.See(http, Routes.Me);
        }).RequirePermission(Permission.ReadFlows);
    }

    /// <summary>The languages that can be chosen, each in its own words. Apps in another one still come to those whose browser asks for it.</summary>
    public static IReadOnlyList<(string Code, string Name)> Languages { get; } =
        [("en", "English"), ("de", "Deutsch"), ("es", "Español"), ("fr", "Français"), ("it", "Italiano"), ("ja", "日本語"), ("nl", "Nederlands"), ("pl", "Polski"), ("pt", "Português"), ("sv", "Svenska"), ("uk", "Українська"), ("zh", "中文")];

    private static IResult ChooseLanguage(IFormCollection form, HttpContext http)
    {
        var chosen = form["language"].ToString();
        if (Languages.Any(language => language.Code == chosen))
            http.Response.Cookies.Append(ReaderLanguage.Cookie, chosen, new CookieOptions { MaxAge = TimeSpan.FromDays(400), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = http.Request.IsHttps, IsEssential = true });
        else http.Response.Cookies.Delete(ReaderLanguage.Cookie);
        return Html.See(http, Routes.Me);
    }

    private static async Task<IResult> ChangePasswordAsync(IFormCollection form, Reader reader, HttpContext http, Credentials credentials, UserDirectory users, Sessions sessions, CancellationToken cancellation)
    {
        var fresh = form["fresh"].ToString();
        if (await credentials.CheckAsync(reader.Name, form["current"].ToString(), cancellation) is not { } user)
            return Html.Page<MePage>(new { Error = "That is not your current password. Nothing was changed." }, StatusCodes.Status422UnprocessableEntity);
        if (fresh.Length < ShortestPassword)
            return Html.Page<MePage>(new { Error = $"The new password has {fresh.Length} characters; {ShortestPassword} are needed. Nothing was changed." }, StatusCodes.Status422UnprocessableEntity);
        await users.SaveAsync(user with { PasswordHash = PasswordHash.Of(fresh) }, cancellation);
        await sessions.EndAllAsync(user.Name, http.User.FindFirstValue(PersonClaims.Session), cancellation);
        return Html.Page<MePage>(new { Said = "The password was changed, and you were signed out everywhere else" });
    }
}
