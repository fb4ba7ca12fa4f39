using System.Text;
using FlowApps.Plugins.Processes;

namespace FlowApps.Plugins.Runners;

/// <summary>The docker command line (or podman under that name) on the worker.</summary>
internal static class DockerCommand
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(60), Patience = TimeSpan.FromSeconds(5);
    private static readonly SemaphoreSlim Asking = new(1, 1);
    private static (bool Answers, long At)? answer;

    public static string? Program => ProcessTree.OnPath("docker") ?? ProcessTree.OnPath("podman");

    /// <summary>What the docker command itself sees: where its host is, and the given variables.</summary>
    public static Dictionary<string, string> Environment(IReadOnlyDictionary<string, string> given)
    {
        var environment = HostEnvironment.With(given);
        if (System.Environment.GetEnvironmentVariable("DOCKER_HOST") is { } host) environment["DOCKER_HOST"] = host;
        return environment;
    }

    /// <summary>Whether there is a Docker that can run containers; asked at most once a minute.</summary>
    public static async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        await Asking.WaitAsync(cancellation);
        try
        {
            if (answer is not { } known || TimeProvider.System.GetElapsedTime(known.At) > Remembered)
                answer = (await AskAsync(cancellation), TimeProvider.System.GetTimestamp());
            return answer.Value.Answers;
        }
        finally
        {
            Asking.Release();
        }
    }

    /// <summary>Runs a docker command whose words do not concern the log; returns what it printed. Errors: <see cref="TaskFailedException"/> with what docker says.</summary>
    public static async Task<string> RunAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var program = Program ?? throw new TaskFailedException(
            "The task asks for Docker, but there is no docker command on this worker. Install it, or give the task `taskRunner: {type: core.runner.Process}`.");
        using var tree = ProcessTree.Start([program, .. arguments], Path.GetTempPath(), Environment(environment));
        var (said, complained) = (new StringBuilder(), new StringBuilder());
        var reading = Task.WhenAll(
            LineReader.ReadAsync(tree.Leader.StandardOutput.BaseStream, line => said.AppendLine(line)),
            LineReader.ReadAsync(tree.Leader.StandardError.BaseStream, line => complained.AppendLine(line)));
        var code = await tree.WaitAsync(cancellation);
        await reading;
        return code == 0 ? said.ToString().Trim() : throw new TaskFailedException($"docker {arguments.FirstOrDefault(word => !word.StartsWith('-'))} failed: {complained.ToString().Trim()}");
    }

    private static async Task<bool> AskAsync(CancellationToken cancellation)
    {
        if (Program is null) return false;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await RunAsync(["version", "--format", "{{.Server.Version}}"], new Dictionary<string, string>(), patience.Token);
            return true;
        }
        catch (TaskFailedException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
