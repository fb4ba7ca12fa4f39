namespace FlowApps.Plugins.Tasks.Http;

/// <summary>Which certificates are trusted.</summary>
public sealed record SslOptions
{
    /// <summary>Whether any certificate is trusted; only for servers of one's own.</summary>
    public Property<bool>? InsecureTrustAllCertificates { get; init; }
}
