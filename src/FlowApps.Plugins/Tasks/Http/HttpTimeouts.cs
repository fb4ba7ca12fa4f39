namespace FlowApps.Plugins.Tasks.Http;

/// <summary>Time limits of an HTTP request.</summary>
public sealed record HttpTimeouts
{
    /// <summary>How long connecting may take.</summary>
    public Property<TimeSpan>? ConnectTimeout { get; init; }

    /// <summary>How long the server may be silent.</summary>
    public Property<TimeSpan>? ReadIdleTimeout { get; init; }
}
