namespace FlowApps.Plugins.Runners;

/// <summary>How much memory a container gets; sizes such as 512m or 2g.</summary>
public sealed record DockerMemory
{
    /// <summary>The most it may use.</summary>
    public Property<string>? Memory { get; init; }

    /// <summary>The most it may use together with swap.</summary>
    public Property<string>? MemorySwap { get; init; }

    /// <summary>How readily memory is swapped out, 0 to 100.</summary>
    public Property<string>? MemorySwappiness { get; init; }

    /// <summary>What it should get by with when memory is short.</summary>
    public Property<string>? MemoryReservation { get; init; }

    /// <summary>The most memory of the kernel it may use.</summary>
    public Property<string>? KernelMemory { get; init; }

    /// <summary>Whether it is spared when the host runs out of memory.</summary>
    public Property<bool>? OomKillDisable { get; init; }
}
