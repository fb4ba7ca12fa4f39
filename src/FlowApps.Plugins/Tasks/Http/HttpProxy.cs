namespace FlowApps.Plugins.Tasks.Http;

/// <summary>A proxy to go through.</summary>
public sealed record HttpProxy
{
    /// <summary>The kind of the proxy.</summary>
    public Property<ProxyType> Type { get; init; } = "DIRECT";

    /// <summary>Its address.</summary>
    public Property<string>? Address { get; init; }

    /// <summary>Its port.</summary>
    public Property<int>? Port { get; init; }

    /// <summary>The user name for it.</summary>
    public Property<string>? Username { get; init; }

    /// <summary>The password for it.</summary>
    public Property<string>? Password { get; init; }
}
