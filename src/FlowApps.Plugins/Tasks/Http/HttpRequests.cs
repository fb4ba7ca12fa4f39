using System.Collections;
using FlowApps.Domain.Http;

namespace FlowApps.Plugins.Tasks.Http;

/// <summary>From what a flow says to a request and its settings.</summary>
internal static class HttpRequests
{
    private static readonly HashSet<string> Safe = new(StringComparer.OrdinalIgnoreCase) { "GET", "HEAD", "OPTIONS", "TRACE" };

    public static async Task<HttpRequestMessage> BuildAsync(IHttpFields fields, TaskContext context, CancellationToken cancellation)
    {
        var method = context.Render(fields.Method)?.Trim().ToUpperInvariant() ?? "GET";
        var request = new HttpRequestMessage(new HttpMethod(method), Address(fields, context)) { Content = await HttpBody.OfAsync(fields, context, cancellation) };
        foreach (var (name, value) in context.Render(fields.Headers) ?? new OrderedDictionary<string, string>()) Add(request, name, value ?? "");
        if (request.Headers.UserAgent.Count == 0) Add(request, "User-Agent", "FlowApps");
        if (fields.Options?.Auth is { } auth) Replace(request, auth.Header(context));
        else if (context.Render(fields.Options?.BasicAuthUser) is { Length: > 0 } user) Replace(request, HttpAuth.Basic(user, context.Render(fields.Options?.BasicAuthPassword)));
        if (!Safe.Contains(method) && !request.Headers.Contains("Idempotency-Key")) Add(request, "Idempotency-Key", context.IdempotencyKey);
        return request;
    }

    public static HttpSettings Settings(IHttpFields fields, TaskContext context)
    {
        var options = fields.Options;
        var trust = (options?.Ssl ?? fields.SslOptions)?.InsecureTrustAllCertificates;
        if (options is null && trust is null) return HttpSettings.Default;
        var type = context.Render(options?.Proxy?.Type ?? options?.ProxyType, ProxyType.Direct);
        var address = context.Render(options?.Proxy?.Address ?? options?.ProxyAddress);
        var port = context.Render(options?.Proxy?.Port ?? options?.ProxyPort);
        return new HttpSettings
        {
            ConnectTimeout = Optional(options?.Timeout?.ConnectTimeout ?? options?.ConnectTimeout, context),
            PoolIdleTimeout = Optional(options?.ConnectionPoolIdleTimeout, context),
            FollowRedirects = context.Render(options?.FollowRedirects, true),
            TrustAllCertificates = context.Render(trust, false),
            Proxy = type is ProxyType.Direct || string.IsNullOrEmpty(address) ? null : new UriBuilder(type is ProxyType.Socks ? "socks5" : "http", address, port == 0 ? -1 : port).Uri,
            ProxyUsername = context.Render(options?.Proxy?.Username ?? options?.ProxyUsername),
            ProxyPassword = context.Render(options?.Proxy?.Password ?? options?.ProxyPassword),
        };
    }

    private static Uri Address(IHttpFields fields, TaskContext context)
    {
        var text = context.Render(fields.Uri)?.Trim() ?? "";
        if (!System.Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new TaskFailedException($"'{text}' is not an http or https address.");
        var parameters = (context.Render(fields.Params) ?? Data.Map()).SelectMany(Pairs).ToList();
        if (parameters.Count == 0) return address;
        return new UriBuilder(address) { Query = string.Join('&', parameters.Prepend(address.Query.TrimStart('?')).Where(part => part.Length > 0)) }.Uri;
    }

    private static IEnumerable<string> Pairs(KeyValuePair<string, object?> parameter) =>
        (parameter.Value is IEnumerable list and not string and not IDictionary ? list.Cast<object?>() : [parameter.Value])
        .Select(value => $"{System.Uri.EscapeDataString(parameter.Key)}={System.Uri.EscapeDataString((string?)PropertyConversion.To(typeof(string), value) ?? "")}");

    private static TimeSpan? Optional(Property<TimeSpan>? property, TaskContext context) => property is null ? null : context.Render(property);

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (value.AsSpan().ContainsAny('\r', '\n', '\0')) throw new TaskFailedException($"The value of the header '{name}' holds a line break.");
        if (request.Headers.TryAddWithoutValidation(name, value)) return;
        request.Content ??= new ByteArrayContent([]);
        request.Content.Headers.Remove(name);
        request.Content.Headers.TryAddWithoutValidation(name, value);
    }

    private static void Replace(HttpRequestMessage request, string authorization)
    {
        request.Headers.Remove("Authorization");
        Add(request, "Authorization", authorization);
    }
}
