namespace FlowApps.Plugins.Runners;

/// <summary>Devices to hand into a container.</summary>
public sealed record DockerDevices
{
    /// <summary>The driver, such as nvidia.</summary>
    public Property<string>? Driver { get; init; }

    /// <summary>How many; -1 for all.</summary>
    public Property<int>? Count { get; init; }

    /// <summary>The ids of particular devices.</summary>
    public Property<IReadOnlyList<string>>? DeviceIds { get; init; }

    /// <summary>Sets of abilities, such as gpu.</summary>
    public Property<IReadOnlyList<object?>>? Capabilities { get; init; }

    /// <summary>Options of the driver.</summary>
    public Property<IReadOnlyDictionary<string, string>>? Options { get; init; }

    /// <summary>The value of docker's <c>--gpus</c> option.</summary>
    internal string ToGpus(TaskContext context)
    {
        if (context.Render(DeviceIds) is { Count: > 0 } ids) return $"\"device={string.Join(',', ids)}\"";
        return context.Render(Count) is > 0 and var count ? $"{count}" : "all";
    }
}
