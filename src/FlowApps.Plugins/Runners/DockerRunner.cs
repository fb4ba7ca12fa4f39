namespace FlowApps.Plugins.Runners;

/// <summary>Runs commands in a container, through the docker command of the worker.</summary>
[Plugin("scripts.runner.docker.Docker", "io.kestra.plugin.scripts.runner.docker.DockerTaskRunner", Icon = "brand-docker")]
public sealed record DockerRunner : ScriptRunner
{
    /// <summary>The address of the Docker host; the worker's own when absent.</summary>
    public Property<string>? Host { get; init; }

    /// <summary>A folder with the configuration of the docker command.</summary>
    public Property<string>? Config { get; init; }

    /// <summary>How to sign in to the registry of the image.</summary>
    public DockerCredentials? Credentials { get; init; }

    /// <summary>The image, in place of the task's.</summary>
    public Property<string>? Image { get; init; }

    /// <summary>The user inside the container.</summary>
    public Property<string>? User { get; init; }

    /// <summary>The entry point, in place of the image's; by default none.</summary>
    public Property<IReadOnlyList<string>>? EntryPoint { get; init; }

    /// <summary>Host names to know inside, each <c>name:address</c>.</summary>
    public Property<IReadOnlyList<string>>? ExtraHosts { get; init; }

    /// <summary>The network the container joins.</summary>
    public Property<string>? NetworkMode { get; init; }

    /// <summary>Folders of the Docker host to see inside, each <c>from:to</c>.</summary>
    public Property<IReadOnlyList<string>>? Volumes { get; init; }

    /// <summary>When to fetch the image.</summary>
    public Property<PullPolicy> PullPolicy { get; init; } = "IF_NOT_PRESENT";

    /// <summary>Devices such as graphics cards to hand in.</summary>
    public IReadOnlyList<DockerDevices>? DeviceRequests { get; init; }

    /// <summary>How much processor the container gets.</summary>
    public DockerCpu? Cpu { get; init; }

    /// <summary>How much memory the container gets.</summary>
    public DockerMemory? Memory { get; init; }

    /// <summary>The size of /dev/shm, such as 64m.</summary>
    public Property<string>? ShmSize { get; init; }

    /// <summary>How files get in and out: copied (VOLUME) or shared with the worker's folder (MOUNT).</summary>
    public Property<FileHandling> FileHandlingStrategy { get; init; } = "VOLUME";

    /// <summary>Whether the container is removed after the run.</summary>
    public Property<bool> Delete { get; init; } = new(true);

    /// <summary>Whether to wait for the end of the container.</summary>
    public Property<bool> Wait { get; init; } = new(true);

    /// <summary>Whether a container that is still running from a lost worker is taken over.</summary>
    public Property<bool> Resume { get; init; } = new(true);

    /// <summary>How long a container may take to stop before it is killed.</summary>
    public Property<TimeSpan>? KillGracePeriod { get; init; }

    /// <summary>Whether the container may do everything on its host.</summary>
    public Property<bool> Privileged { get; init; } = new(false);

    internal override Task<int> RunAsync(ScriptCommand command, CancellationToken cancellation) =>
        new DockerRun(this, command).RunAsync(cancellation);
}
