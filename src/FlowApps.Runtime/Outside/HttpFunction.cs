using System.Text;
using FlowApps.Domain.Http;
using FlowApps.Domain.Values;
using FlowApps.Expressions;

namespace FlowApps.Runtime.Outside;

/// <summary>The expression function <c>http(uri, method, query, body, contentType, headers, accept)</c>: one request, the answer parsed when it is JSON.</summary>
internal static class HttpFunction
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static object? Call(IHttp http, IReadOnlyDictionary<string, object?> arguments)
    {
        using var request = Request(arguments);
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            using var response = http.SendAsync(request, HttpSettings.Default, timeout.Token).GetAwaiter().GetResult();
            var text = response.Content.ReadAsStringAsync(timeout.Token).GetAwaiter().GetResult();
            if (!response.IsSuccessStatusCode) throw new ExpressionException($"{request.Method} {request.RequestUri} answered {(int)response.StatusCode}.");
            return IsJson(response, arguments) ? Data.Parse(text) : text;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or System.Text.Json.JsonException)
        {
            throw new ExpressionException($"{request.Method} {request.RequestUri} failed: {e.Message}", e);
        }
    }

    private static HttpRequestMessage Request(IReadOnlyDictionary<string, object?> arguments)
    {
        var address = Text(arguments, "uri") ?? throw new ExpressionException("The function http needs the argument 'uri'.");
        if (arguments.GetValueOrDefault("query") is IReadOnlyDictionary<string, object?> query && query.Count > 0)
            address += (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + string.Join('&', query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value?.ToString() ?? "")}"));
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)) throw new ExpressionException($"'{address}' is not an absolute address.");
        var request = new HttpRequestMessage(new HttpMethod((Text(arguments, "method") ?? "GET").ToUpperInvariant()), uri);
        if (arguments.GetValueOrDefault("body") is { } body)
            request.Content = new StringContent(body as string ?? Data.Write(body), Encoding.UTF8, Text(arguments, "contentType") ?? "application/json");
        if (Text(arguments, "accept") is { } accept) request.Headers.TryAddWithoutValidation("Accept", accept);
        if (arguments.GetValueOrDefault("headers") is IReadOnlyDictionary<string, object?> headers)
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value?.ToString());
        return request;
    }

    private static bool IsJson(HttpResponseMessage response, IReadOnlyDictionary<string, object?> arguments) =>
        (Text(arguments, "accept") ?? response.Content.Headers.ContentType?.MediaType ?? "").EndsWith("json", StringComparison.OrdinalIgnoreCase);

    private static string? Text(IReadOnlyDictionary<string, object?> arguments, string name) => arguments.GetValueOrDefault(name)?.ToString();
}
