using Microsoft.Net.Http.Headers;

namespace FlowApps.Web.Problems;

/// <summary>Who an answer is for: programs want a problem document, people a page.</summary>
public static class Audience
{
    public static bool IsProgram(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/hubs") || !AcceptsHtml(http.Request);

    private static bool AcceptsHtml(HttpRequest request) =>
        request.Headers.Accept.Count == 0 && request.Headers.ContainsKey("HX-Request")
        || MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) || request.Headers.ContainsKey("HX-Request"));
}
