namespace FlowApps.Plugins.Tasks.Scripts;

/// <summary>Runs a Python program.</summary>
[Plugin("scripts.python.Script", Icon = "brand-python")]
public sealed record PythonScript : ProgramTask
{
    protected override string DefaultImage => "python:3.13-slim";

    private protected override string Extension => ".py";

    private protected override IReadOnlyList<string> Programs => ["python", "python3"];
}
