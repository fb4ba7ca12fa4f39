using System.Security.Claims;
using FlowApps.Domain.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace FlowApps.Web.Security;

/// <summary>Ties the session cookie to the session on the server.</summary>
public sealed class SessionEvents(Sessions sessions) : CookieAuthenticationEvents
{
    /// <summary>Begins a session and leaves its key in the cookie, in place of any older one.</summary>
    /// <param name="http">The request of the person who signs in.</param>
    /// <param name="user">Who signed in.</param>
    /// <param name="keep">Also after the browser was closed.</param>
    public async Task SignInAsync(HttpContext http, User user, bool keep)
    {
        await EndAsync(http);
        var identity = new ClaimsIdentity([new Claim(PersonClaims.Session, await sessions.BeginAsync(user, http.RequestAborted))], CookieAuthenticationDefaults.AuthenticationScheme);
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = keep });
    }

    public async Task SignOutAsync(HttpContext http)
    {
        await EndAsync(http);
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var key = context.Principal?.FindFirstValue(PersonClaims.Session);
        if (key is not null && await sessions.FindAsync(key, context.HttpContext.RequestAborted) is { } user)
            context.ReplacePrincipal(PersonClaims.Of(user, CookieAuthenticationDefaults.AuthenticationScheme, key));
        else
            context.RejectPrincipal();
    }

    private Task EndAsync(HttpContext http) =>
        http.User.FindFirstValue(PersonClaims.Session) is { } key ? sessions.EndAsync(key, http.RequestAborted) : Task.CompletedTask;
}
