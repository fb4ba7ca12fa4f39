using FlowApps.Domain.Problems;
using FlowApps.Web.Layout;
using Microsoft.AspNetCore.Diagnostics;

namespace FlowApps.Web.Problems;

/// <summary>Turns what was thrown into an answer for its reader. A refusal says what is wrong; our own faults say only that they are ours, with a number to quote.</summary>
public sealed class Refusals(IServiceScopeFactory scopes, IHostApplicationLifetime life, ILogger<Refusals> logger) : IExceptionHandler
{
    private const string RetrySeconds = "2";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested) return true;
        var (status, problems) = exception switch
        {
            RefusedException refused => (StatusOf(refused.Kind), refused.Problems),
            BadHttpRequestException bad => (bad.StatusCode, [new Problem("bad_request", bad.Message)]),
            Microsoft.AspNetCore.Antiforgery.AntiforgeryValidationException => (StatusCodes.Status400BadRequest, [new Problem("stale_form", "This page was open for too long. Load it again and repeat what you did.")]),
            // What a request still needs may be gone by then, and nobody is left who could tell what became of it.
            _ when life.ApplicationStopping.IsCancellationRequested => (StatusCodes.Status503ServiceUnavailable, [new Problem("stopping", "This server is being stopped and may not have kept what you sent.", Suggestion: "Send it again in a moment; with the same idempotency key it counts once.")]),
            _ => (StatusCodes.Status500InternalServerError, (IReadOnlyList<Problem>)[new Problem("internal", "Something broke on our side.", Suggestion: $"Quote {httpContext.TraceIdentifier}.")]),
        };
        if (status >= StatusCodes.Status500InternalServerError && exception is not RefusedException)
            logger.LogError(exception, "{Method} {Path} failed, reference {Reference}", httpContext.Request.Method, httpContext.Request.Path, httpContext.TraceIdentifier);
        if (httpContext.Response.HasStarted) return true;
        // Nothing was accepted, and it will be over soon: clients that can read wait and repeat.
        if (status == StatusCodes.Status503ServiceUnavailable) httpContext.Response.Headers.RetryAfter = RetrySeconds;
        // What failed may have been a page half rendered: the error page starts with services of its own.
        await using var scope = scopes.CreateAsyncScope();
        var services = httpContext.RequestServices;
        httpContext.RequestServices = scope.ServiceProvider;
        await Answer(httpContext, status, problems).ExecuteAsync(httpContext);
        httpContext.RequestServices = services;
        return true;
    }

    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        RefusalKind.Quarantined => StatusCodes.Status423Locked,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Marks the answer to a page's own script that is a sentence to say and nothing to show: an error page in the place of a field would cost what was typed there.</summary>
    public const string Said = "X-Flowapps-Said";

    /// <summary>The answer to a refusal: a problem document for programs, a page for people, a sentence for a page that asked for a part of itself.</summary>
    public static IResult Answer(HttpContext http, int status, IReadOnlyList<Problem> problems)
    {
        if (!http.Request.Headers.ContainsKey("HX-Request")) return ForWhom(http, status, problems);
        http.Response.Headers[Said] = "1";
        return Results.Text(problems[0].Message, "text/plain", System.Text.Encoding.UTF8, status);
    }

    private static IResult ForWhom(HttpContext http, int status, IReadOnlyList<Problem> problems) =>
        Audience.IsProgram(http) ? new ProblemDocument(status, problems) : Html.Page<ErrorPage>(new { Status = status, Problems = problems }, status);
}
