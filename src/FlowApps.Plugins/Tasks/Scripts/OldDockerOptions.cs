namespace FlowApps.Plugins.Tasks.Scripts;

/// <summary>Settings of the container in the old spelling.</summary>
public sealed record OldDockerOptions
{
    /// <summary>The container image.</summary>
    public Property<string>? Image { get; init; }

    /// <summary>The user inside the container.</summary>
    public Property<string>? User { get; init; }

    /// <summary>The network the container joins.</summary>
    public Property<string>? NetworkMode { get; init; }
}
