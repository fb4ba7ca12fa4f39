using FlowApps.Domain.Logs;
using FlowApps.Plugins.Runners;
using FlowApps.Plugins.Tasks.Scripts;

namespace FlowApps.Plugins.Tests.Scripts;

/// <summary>Against a docker command of the test's own, which keeps a container in a folder and runs its command on this machine.</summary>
[Collection(nameof(DockerRunnerTests))]
[CollectionDefinition(nameof(DockerRunnerTests), DisableParallelization = true)]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class DockerRunnerTests : IDisposable
{
    private const string Script = """
        #!/bin/bash
        echo "$@" | tr '\n' ' ' >> "$FAKE/calls"; echo >> "$FAKE/calls"
        case "$1" in
          version) echo 27.0 ;;
          create) shift; while [ "${1#--}" != "$1" ]; do shift; done; shift; printf '%q ' "$@" > "$FAKE/command"; echo id; echo pulling >&2 ;;
          start) bash "$FAKE/command" ;;
          rm|cp|stop) ;;
          *) exit 9 ;;
        esac
        """;

    private readonly TaskContextFake context = new(("who", "world"));
    private readonly string folder = Directory.CreateTempSubdirectory("flowapps-docker-").FullName;
    private readonly string? path = Environment.GetEnvironmentVariable("PATH");

    public DockerRunnerTests()
    {
        var program = Path.Combine(folder, "docker");
        File.WriteAllText(program, Script.Replace("$FAKE", folder, StringComparison.Ordinal));
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", folder + ":" + path);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", path);
        Directory.Delete(folder, recursive: true);
        context.Dispose();
    }

    [Fact]
    public async Task A_container_is_made_filled_run_emptied_and_removed()
    {
        var runner = new DockerRunner { Type = "scripts.runner.docker.Docker", PullPolicy = "ALWAYS", NetworkMode = "none", Memory = new DockerMemory { Memory = "512m" }, Cpu = new DockerCpu { Cpus = new(1.5) }, User = "1000" };
        var outcome = await RunAsync(Commands("echo \"$GREETING\"", "echo trouble >&2") with { TaskRunner = runner, ContainerImage = "alpine:{{ who }}", Env = new(Data.Map(("GREETING", "Hello"))) });
        Assert.Equal(State.Warning, outcome.State);
        Assert.Equal([(LogLevel.Error, "trouble"), (LogLevel.Info, "Hello")], context.Lines.OrderBy(line => line.Message == "Hello"));
        var calls = await File.ReadAllLinesAsync(Path.Combine(folder, "calls"));
        Assert.Equal(["create", "cp", "start", "cp", "rm"], calls.Select(call => call.Split(' ')[0]));
        foreach (var part in new[] { "--pull=always", "--network=none", "--memory=512m", "--cpus=1.5", "--user=1000", "--env=GREETING", "--entrypoint= ", "alpine:world /bin/sh -c" })
            Assert.Contains(part, calls[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Hello", calls[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mounted_directory_is_not_copied_and_the_exit_code_is_the_containers()
    {
        var runner = new DockerRunner { Type = "scripts.runner.docker.Docker", FileHandlingStrategy = "MOUNT", Delete = new(false), Image = "own", EntryPoint = new(new List<object?> { "tini", "env" }) };
        var failure = await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(Commands("exit 3") with { TaskRunner = runner, Interpreter = new(new List<object?> { "/bin/sh", "-c" }) }));
        Assert.Equal(3, failure.Outputs!["exitCode"]);
        var calls = await File.ReadAllLinesAsync(Path.Combine(folder, "calls"));
        Assert.Equal(["create", "start"], calls.Select(call => call.Split(' ')[0]));
        Assert.Contains($"--volume={context.WorkingDirectory}:{context.WorkingDirectory}", calls[0], StringComparison.Ordinal);
        Assert.Contains("own env /bin/sh -c", calls[0], StringComparison.Ordinal);
    }

    private static ShellCommands Commands(params object?[] commands) => new() { Id = "t", Type = "scripts.shell.Commands", Commands = new(commands.ToList()) };

    private Task<TaskOutcome> RunAsync(RunnableTask task) => task.RunAsync(context, CancellationToken.None).AsTask();
}
