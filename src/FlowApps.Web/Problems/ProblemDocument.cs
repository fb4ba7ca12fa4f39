using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using Microsoft.AspNetCore.WebUtilities;

namespace FlowApps.Web.Problems;

/// <summary>
/// A refusal for programs (RFC 9457): <c>title</c>, <c>status</c>, <c>detail</c>, plus <c>code</c>, <c>path</c>, <c>line</c>, <c>column</c> and <c>suggestion</c> of the
/// first problem and all of them below <c>problems</c>. <c>message</c> repeats the detail and <c>_embedded.errors</c> the
/// problems, where Kestra's clients look for them.
/// </summary>
public sealed class ProblemDocument(int status, IReadOnlyList<Problem> problems) : IResult
{
    public int Status { get; } = status;

    public IReadOnlyList<Problem> Problems { get; } = problems;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var first = Problems.Count > 0 ? Problems[0] : new Problem("error", ReasonPhrases.GetReasonPhrase(Status));
        var detail = Problems.Count > 1 ? string.Join("\n", Problems) : first.ToString();
        httpContext.Response.StatusCode = Status;
        return httpContext.Response.WriteAsJsonAsync(new
        {
            type = "about:blank",
            title = ReasonPhrases.GetReasonPhrase(Status),
            status = Status,
            detail,
            message = Status == StatusCodes.Status422UnprocessableEntity ? $"Invalid entity: {detail}" : detail,
            instance = httpContext.Request.Path.Value,
            first.Code,
            first.Path,
            first.Line,
            first.Column,
            first.Suggestion,
            Problems,
            _embedded = new { errors = Problems.Select(problem => new { message = problem.ToString(), path = problem.Path }) },
        }, Data.Json, "application/problem+json", httpContext.RequestAborted);
    }
}
