namespace FlowApps.Plugins.Tasks.Scripts;

/// <summary>A script task whose lines are shell commands.</summary>
public abstract record CommandsTask : ScriptTask
{
    /// <summary>The commands, run one after the other in one shell.</summary>
    public required Property<IReadOnlyList<string>> Commands { get; init; }

    private protected sealed override Task<IReadOnlyList<string>> LinesAsync(ScriptPlace place, bool here, CancellationToken cancellation) =>
        Task.FromResult(place.Context.Render(Commands, place.Variables) ?? []);
}
