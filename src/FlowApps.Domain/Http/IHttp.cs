namespace FlowApps.Domain.Http;

/// <summary>How a connection is made. Equal settings share connections.</summary>
public sealed record HttpSettings
{
    public static HttpSettings Default { get; } = new();

    /// <summary>Null: 15 seconds.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>How long an unused connection is kept; null: one minute.</summary>
    public TimeSpan? PoolIdleTimeout { get; init; }
    public bool FollowRedirects { get; init; } = true;

    /// <summary>Trusts any certificate. Only for servers one's own.</summary>
    public bool TrustAllCertificates { get; init; }
    public Uri? Proxy { get; init; }
    public string? ProxyUsername { get; init; }
    public string? ProxyPassword { get; init; }
}

/// <summary>
/// The one way out over HTTP, for tasks, triggers and the <c>http()</c> function. Every connection, also after a redirect, goes to an address that was checked
/// against the outbound rules; names are resolved once. Errors: <see cref="HttpRequestException"/> with a message for the flow's author.
/// </summary>
public interface IHttp
{
    /// <summary>Sends and returns as soon as the headers are there; the caller reads and disposes the answer.</summary>
    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpSettings settings, CancellationToken cancellation);
}
