using System.Net.Http.Headers;
using FlowApps.Domain.Logs;

namespace FlowApps.Plugins.Tasks.Http;

/// <summary>Logs what <c>options.logs</c> asks for: REQUEST_HEADERS, REQUEST_BODY, RESPONSE_HEADERS, RESPONSE_BODY. Credentials are left out.</summary>
internal static class HttpTrace
{
    public static void Request(HttpOptions? options, TaskContext context, HttpRequestMessage request)
    {
        if (Wants(options, context, "REQUEST_HEADERS")) Log(context, $"{request.Method} {request.RequestUri}", request.Headers, request.Content?.Headers);
        if (Wants(options, context, "REQUEST_BODY") && request.Content is ByteArrayContent body)
            context.Log(LogLevel.Debug, new StreamReader(body.ReadAsStream()).ReadToEnd());
    }

    public static void Answer(HttpOptions? options, TaskContext context, HttpResponseMessage response)
    {
        if (Wants(options, context, "RESPONSE_HEADERS")) Log(context, $"{(int)response.StatusCode} {response.ReasonPhrase}", response.Headers, response.Content.Headers);
    }

    public static void Body(HttpOptions? options, TaskContext context, string text)
    {
        if (Wants(options, context, "RESPONSE_BODY")) context.Log(LogLevel.Debug, text);
    }

    private static bool Wants(HttpOptions? options, TaskContext context, string part) => context.Render(options?.Logs)?.Contains(part) == true;

    private static void Log(TaskContext context, string title, HttpHeaders headers, HttpHeaders? more) => context.Log(
        LogLevel.Debug,
        string.Join('\n', headers.Concat(more ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()).Select(Line).Prepend(title)));

    private static string Line(KeyValuePair<string, IEnumerable<string>> header) =>
        $"{header.Key}: {(header.Key.Contains("auth", StringComparison.OrdinalIgnoreCase) || header.Key.Contains("cookie", StringComparison.OrdinalIgnoreCase) ? "******" : string.Join(", ", header.Value))}";
}
