using FlowApps.Domain.Logs;
using FlowApps.Plugins.Runners;

namespace FlowApps.Plugins.Tasks.Scripts;

/// <summary>Which runner a script task gets: the one it names, the one its old properties name, else Docker where it answers and a process where not.</summary>
internal static class ScriptRunners
{
    private const string ProcessType = "core.runner.Process", DockerType = "scripts.runner.docker.Docker";

    public static async Task<ScriptRunner> ChooseAsync(ScriptTask task, TaskContext context, CancellationToken cancellation)
    {
        if (task.TaskRunner is { } named) return named;
        if (task.Runner is OldRunner.Process) return new ProcessRunner { Type = ProcessType };
        var docker = new DockerRunner { Type = DockerType, User = task.Docker?.User, NetworkMode = task.Docker?.NetworkMode };
        if (task.Runner is OldRunner.Docker || task.Docker is not null || await DockerCommand.AnswersAsync(cancellation)) return docker;
        context.Log(LogLevel.Debug, "Docker does not answer on this worker, so the commands run as a process.");
        return new ProcessRunner { Type = ProcessType };
    }
}
