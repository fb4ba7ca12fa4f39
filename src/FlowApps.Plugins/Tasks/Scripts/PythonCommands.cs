namespace FlowApps.Plugins.Tasks.Scripts;

/// <summary>Runs shell commands where Python is at hand.</summary>
[Plugin("scripts.python.Commands", Icon = "brand-python")]
public sealed record PythonCommands : CommandsTask
{
    protected override string DefaultImage => "python:3.13-slim";
}
