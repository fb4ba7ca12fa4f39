using System.Globalization;
using FlowApps.Domain.Logs;

namespace FlowApps.Plugins.Runners;

/// <summary>One container from its making to its removal. The working directory has the same path inside and outside.</summary>
internal sealed class DockerRun(DockerRunner runner, ScriptCommand command)
{
    private static readonly TimeSpan Removal = TimeSpan.FromSeconds(30);
    private readonly TaskContext context = command.Context;
    private readonly string name = "flowapps-" + Ids.New(command.Context.Clock).ToLowerInvariant();
    private readonly string configuration = Path.Combine(command.Directory, Files.WorkingFiles.Own, "docker-" + Ids.New(command.Context.Clock));

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var mounted = context.Render(runner.FileHandlingStrategy) == FileHandling.Mount;
        WriteCredentials();
        try
        {
            await DockerAsync(["create", .. Options(mounted), .. Command()], cancellation);
            if (!mounted) await DockerAsync(["cp", command.Directory + "/.", $"{name}:{command.Directory}"], cancellation);
            if (!context.Render(runner.Wait))
            {
                await DockerAsync(["start", name], cancellation);
                return 0;
            }
            var code = await command.RunHereAsync([DockerCommand.Program!, .. Connection(), "start", "--attach", name], DockerCommand.Environment(command.Environment), cancellation);
            if (!mounted) await DockerAsync(["cp", $"{name}:{command.Directory}/.", command.Directory], cancellation);
            return code;
        }
        finally
        {
            await RemoveAsync(cancellation.IsCancellationRequested);
        }
    }

    private IEnumerable<string> Options(bool mounted)
    {
        yield return "--name=" + name;
        yield return "--label=flowapps.execution=" + context.ExecutionId;
        yield return "--label=flowapps.taskrun=" + context.TaskRunId;
        yield return "--workdir=" + command.Directory;
        yield return "--entrypoint=" + (context.Render(runner.EntryPoint) is [var program, ..] ? program : "");
        yield return "--pull=" + context.Render(runner.PullPolicy) switch { PullPolicy.Always => "always", PullPolicy.Never => "never", _ => "missing" };
        if (mounted) yield return $"--volume={command.Directory}:{command.Directory}";
        foreach (var variable in command.Environment.Keys) yield return "--env=" + variable;
        foreach (var volume in context.Render(runner.Volumes) ?? []) yield return "--volume=" + volume;
        foreach (var host in context.Render(runner.ExtraHosts) ?? []) yield return "--add-host=" + host;
        foreach (var devices in runner.DeviceRequests ?? []) yield return "--gpus=" + devices.ToGpus(context);
        if (context.Render(runner.Privileged)) yield return "--privileged";
        foreach (var (option, value) in Limits())
            if (!string.IsNullOrEmpty(value)) yield return $"--{option}={value}";
    }

    private IEnumerable<(string Option, string? Value)> Limits() =>
    [
        ("user", context.Render(runner.User)),
        ("network", context.Render(runner.NetworkMode)),
        ("shm-size", context.Render(runner.ShmSize)),
        ("cpus", runner.Cpu?.Cpus is { } cpus ? context.Render(cpus).ToString(CultureInfo.InvariantCulture) : null),
        ("memory", context.Render(runner.Memory?.Memory)),
        ("memory-swap", context.Render(runner.Memory?.MemorySwap)),
        ("memory-swappiness", context.Render(runner.Memory?.MemorySwappiness)),
        ("memory-reservation", context.Render(runner.Memory?.MemoryReservation)),
        ("kernel-memory", context.Render(runner.Memory?.KernelMemory)),
        ("oom-kill-disable", runner.Memory?.OomKillDisable is { } spared && context.Render(spared) ? "true" : null),
    ];

    private IEnumerable<string> Command() =>
        [context.Render(runner.Image) ?? command.Image ?? throw new TaskFailedException("A container needs an image: give `containerImage`."), .. (context.Render(runner.EntryPoint) ?? []).Skip(1), .. command.Command];

    /// <summary>Global options of the docker command.</summary>
    private IEnumerable<string> Connection()
    {
        if (context.Render(runner.Host) is { Length: > 0 } host) yield return "--host=" + host;
        if (Directory.Exists(configuration)) yield return "--config=" + configuration;
        else if (context.Render(runner.Config) is { Length: > 0 } config) yield return "--config=" + config;
    }

    /// <summary>Values of variables go to docker by its environment, so that they show in no list of processes.</summary>
    private Task<string> DockerAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        DockerCommand.RunAsync([.. Connection(), .. arguments], command.Environment, cancellation);

    private void WriteCredentials()
    {
        if (runner.Credentials is not { } credentials) return;
        Directory.CreateDirectory(configuration);
        var file = Path.Combine(configuration, "config.json");
        File.WriteAllText(file, credentials.ToConfiguration(context));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task RemoveAsync(bool stopFirst)
    {
        using var patience = new CancellationTokenSource(Removal);
        try
        {
            if (stopFirst) await DockerAsync(["stop", $"--time={(int)(context.Render(runner.KillGracePeriod)).TotalSeconds}", name], patience.Token);
            if (context.Render(runner.Delete) && context.Render(runner.Wait)) await DockerAsync(["rm", "--force", name], patience.Token);
        }
        catch (Exception e) when (e is TaskFailedException or OperationCanceledException)
        {
            context.Log(LogLevel.Warn, $"The container {name} could not be removed: {e.Message}");
        }
        finally
        {
            if (Directory.Exists(configuration)) Directory.Delete(configuration, recursive: true);
        }
    }
}
