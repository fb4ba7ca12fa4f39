namespace FlowApps.Plugins.Tasks.Scripts;

/// <summary>Runs shell commands.</summary>
[Plugin("scripts.shell.Commands", "io.kestra.core.tasks.scripts.Bash", Icon = "terminal")]
public sealed record ShellCommands : CommandsTask
{
    protected override string DefaultImage => "ubuntu";
}
