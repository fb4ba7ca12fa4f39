using FlowApps.Domain.Logs;

namespace FlowApps.Plugins.Tasks.Http;

/// <summary>How an HTTP request is made.</summary>
public sealed record HttpOptions
{
    /// <summary>Time limits.</summary>
    public HttpTimeouts? Timeout { get; init; }

    /// <summary>A proxy to go through.</summary>
    public HttpProxy? Proxy { get; init; }

    /// <summary>How to sign in.</summary>
    public HttpAuth? Auth { get; init; }

    /// <summary>Which certificates are trusted.</summary>
    public SslOptions? Ssl { get; init; }

    /// <summary>Whether redirects are followed.</summary>
    public Property<bool> FollowRedirects { get; init; } = new(true);

    /// <summary>Whether a status outside 200 to 299 is taken as an answer like any other.</summary>
    public Property<bool>? AllowFailed { get; init; }

    /// <summary>Statuses that are fine besides 200 to 299.</summary>
    public Property<IReadOnlyList<int>>? AllowedResponseCodes { get; init; }

    /// <summary>The character set of an answer that names none.</summary>
    public Property<string> DefaultCharset { get; init; } = "UTF-8";

    /// <summary>The longest answer that is read, in bytes.</summary>
    public Property<long> MaxContentLength { get; init; } = new(10L * 1024 * 1024);

    /// <summary>What is logged about requests.</summary>
    public Property<IReadOnlyList<string>>? Logs { get; init; }

    /// <summary>The level at which requests are logged.</summary>
    [Deprecated("logs")]
    public LogLevel? LogLevel { get; init; }

    /// <summary>How long connecting may take.</summary>
    [Deprecated("timeout.connectTimeout")]
    public Property<TimeSpan>? ConnectTimeout { get; init; }

    /// <summary>How long the answer may take.</summary>
    [Deprecated("timeout.readIdleTimeout")]
    public Property<TimeSpan>? ReadTimeout { get; init; }

    /// <summary>How long the server may be silent.</summary>
    [Deprecated("timeout.readIdleTimeout")]
    public Property<TimeSpan>? ReadIdleTimeout { get; init; }

    /// <summary>How long an unused connection is kept.</summary>
    [Deprecated]
    public Property<TimeSpan>? ConnectionPoolIdleTimeout { get; init; }

    /// <summary>The kind of the proxy.</summary>
    [Deprecated("proxy.type")]
    public Property<ProxyType>? ProxyType { get; init; }

    /// <summary>The address of the proxy.</summary>
    [Deprecated("proxy.address")]
    public Property<string>? ProxyAddress { get; init; }

    /// <summary>The port of the proxy.</summary>
    [Deprecated("proxy.port")]
    public Property<int>? ProxyPort { get; init; }

    /// <summary>The user name for the proxy.</summary>
    [Deprecated("proxy.username")]
    public Property<string>? ProxyUsername { get; init; }

    /// <summary>The password for the proxy.</summary>
    [Deprecated("proxy.password")]
    public Property<string>? ProxyPassword { get; init; }

    /// <summary>The user name for basic authentication.</summary>
    [Deprecated("auth")]
    public Property<string>? BasicAuthUser { get; init; }

    /// <summary>The password for basic authentication.</summary>
    [Deprecated("auth")]
    public Property<string>? BasicAuthPassword { get; init; }
}
