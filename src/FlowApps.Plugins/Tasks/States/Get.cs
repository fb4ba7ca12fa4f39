namespace FlowApps.Plugins.Tasks.States;

/// <summary>Reads a state.</summary>
[Plugin("core.state.Get", "io.kestra.core.tasks.states.Get", Icon = "archive")]
public sealed record Get : StateTask
{
    /// <summary>Whether a missing state fails the task.</summary>
    public Property<bool> ErrorOnMissing { get; init; } = new(false);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var kept = await LoadAsync(context, Key(context), cancellation);
        if (kept is null && context.Render(ErrorOnMissing)) throw Missing(context);
        return TaskOutcome.Success(("count", kept?.Value.Values.Count ?? 0), ("data", kept?.Value.Values ?? Data.Map()));
    }
}
