namespace FlowApps.Plugins.Runners;

/// <summary>Runs commands as processes of the worker's machine, with little of its environment.</summary>
[Plugin("core.runner.Process", "io.kestra.core.models.script.types.ProcessScriptRunner", Icon = "terminal-2")]
public sealed record ProcessRunner : ScriptRunner
{
    internal override Task<int> RunAsync(ScriptCommand command, CancellationToken cancellation) =>
        command.RunHereAsync(command.Command, HostEnvironment.With(command.Environment), cancellation);
}
