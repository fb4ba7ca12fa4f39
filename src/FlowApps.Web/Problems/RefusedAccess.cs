using FlowApps.Domain.Problems;
using FlowApps.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Net.Http.Headers;

namespace FlowApps.Web.Problems;

/// <summary>What comes instead when somebody may not: programs get a problem document, people the sign-in page or a page that says who can help.</summary>
public sealed class RefusedAccess : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler standard = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await standard.HandleAsync(next, context, policy, authorizeResult);
        }
        else if (context.User.Identity?.IsAuthenticated == true)
        {
            await Answer(context, StatusCodes.Status403Forbidden, new Problem("forbidden", "You may not do this. An administrator can give you the right.")).ExecuteAsync(context);
        }
        else if (Audience.IsProgram(context))
        {
            // A script of our own pages asks people to sign in on our page, not in a window of the browser's.
            if (context.Request.Headers["Sec-Fetch-Dest"] != "empty") context.Response.Headers.WWWAuthenticate = "Basic realm=\"FlowApps\", charset=\"UTF-8\"";
            await Answer(context, StatusCodes.Status401Unauthorized, new Problem("not_signed_in", "Sign in with a user name and password (Basic) or a token (Bearer).")).ExecuteAsync(context);
        }
        else if (context.Request.Headers.ContainsKey("HX-Request"))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            var from = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : FormPage(context.Request) ?? Routes.Home;
            context.Response.Headers[HeaderNames.Location] = $"{Routes.SignIn}?returnUrl={Uri.EscapeDataString(from)}";
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
        }
    }

    /// <summary>The page of ours that a form was sent from: there is where its draft waits.</summary>
    private static string? FormPage(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == request.Host.Value ? page.PathAndQuery : null;

    private static IResult Answer(HttpContext context, int status, Problem problem) =>
        Audience.IsProgram(context) ? new ProblemDocument(status, [problem]) : Html.Page<ErrorPage>(new { Status = status }, status);
}
