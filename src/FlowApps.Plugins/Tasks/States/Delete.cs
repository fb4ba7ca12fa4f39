using FlowApps.Domain.Namespaces;

namespace FlowApps.Plugins.Tasks.States;

/// <summary>Deletes a state.</summary>
[Plugin("core.state.Delete", "io.kestra.core.tasks.states.Delete", Icon = "archive-off")]
public sealed record Delete : StateTask
{
    /// <summary>Whether a missing state fails the task.</summary>
    public Property<bool> ErrorOnMissing { get; init; } = new(false);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var deleted = await context.Port<IKvStore>().DeleteAsync(context.Flow.Namespace, Key(context), cancellation);
        if (!deleted && context.Render(ErrorOnMissing)) throw Missing(context);
        return TaskOutcome.Success(("deleted", deleted));
    }
}
