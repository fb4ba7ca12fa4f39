using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using FlowApps.Domain.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FlowApps.Web.Security;

/// <summary>Programs sign in with every request: <c>Authorization: Basic</c> (RFC 7617) or <c>Bearer</c> (RFC 6750).</summary>
public sealed class HeaderAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Credentials credentials, ApiTokens tokens, SignInLimit limit)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Header";

    public static bool Applies(HttpContext http) =>
        AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header) && header.Scheme.ToLowerInvariant() is "basic" or "bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)) return AuthenticateResult.NoResult();
        var user = header.Scheme.ToLowerInvariant() switch
        {
            "bearer" => await tokens.FindUserAsync(header.Parameter ?? "", Context.RequestAborted),
            "basic" => await BasicAsync(header.Parameter ?? ""),
            _ => null,
        };
        return user is null
            ? AuthenticateResult.Fail("The user name, password or token is not right.")
            : AuthenticateResult.Success(new AuthenticationTicket(PersonClaims.Of(user, Scheme), Scheme));
    }

    private async Task<User?> BasicAsync(string parameter)
    {
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var count)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, count);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1) return null;
        var name = text[..colon];
        if (limit.IsReached(name)) return null;
        var user = await credentials.CheckAsync(name, text[(colon + 1)..], Context.RequestAborted);
        if (user is null) limit.Count(name);
        return user;
    }
}
