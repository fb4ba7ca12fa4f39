namespace FlowApps.Plugins.Runners;

/// <summary>How much processor a container gets.</summary>
public sealed record DockerCpu
{
    /// <summary>The number of processors, such as 1.5.</summary>
    public Property<double>? Cpus { get; init; }
}
