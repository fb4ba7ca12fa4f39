namespace FlowApps.Plugins.Tasks.Scripts;

/// <summary>Runs a shell script.</summary>
[Plugin("scripts.shell.Script", Icon = "terminal")]
public sealed record ShellScript : ScriptTask
{
    /// <summary>The text of the script.</summary>
    public required Property<string> Script { get; init; }

    protected override string DefaultImage => "ubuntu";

    private protected override Task<IReadOnlyList<string>> LinesAsync(ScriptPlace place, bool here, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([place.Context.Render(Script, place.Variables) ?? ""]);
}
