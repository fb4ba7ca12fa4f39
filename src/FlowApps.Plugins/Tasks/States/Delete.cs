namespace FlowApps.Plugins.Tasks.States;

/// <summary>Deletes a state.</summary>
[Plugin("core.state.Delete", "io.kestra.core.tasks.states.Delete", Icon = "archive-off")]
public sealed record Delete : StateTask
{
    /// <summary>Whether a missing state fails the task.</summary>
    public Property<bool> ErrorOnMissing { get; init; } = new(false);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var key = Key(context);
        while (await LoadAsync(context, key, cancellation) is { } kept)
            if (await StoreAsync(context, key, null, kept.Version, cancellation)) return TaskOutcome.Success(("deleted", true));
        return context.Render(ErrorOnMissing) ? throw Missing(context) : TaskOutcome.Success(("deleted", false));
    }
}
