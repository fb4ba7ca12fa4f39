using FlowApps.Domain.Problems;
using FlowApps.Web.Problems;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace FlowApps.Web.Security;

/// <summary>
/// The API trusts the session cookie only for requests that a browser sends from our own pages (Fetch Metadata, <c>Sec-Fetch-Site</c>), since a cookie
/// comes along from anywhere. Programs use a header.
/// </summary>
public sealed class OwnPagesOnly : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var byCookie = context.HttpContext.User.Identity is { IsAuthenticated: true, AuthenticationType: CookieAuthenticationDefaults.AuthenticationScheme };
        var safe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!byCookie || safe || request.Headers["Sec-Fetch-Site"] == "same-origin") return next(context);
        return ValueTask.FromResult<object?>(new ProblemDocument(StatusCodes.Status403Forbidden,
            [new Problem("foreign_page", "A session cookie changes things only from this server's own pages.", Suggestion: "Send an Authorization header instead.")]));
    }
}
