using FlowApps.Domain.Files;

namespace FlowApps.Plugins.Tasks.Storage;

/// <summary>Deletes a file of the internal storage.</summary>
[Plugin("core.storage.Delete", "io.kestra.core.tasks.storages.Delete", Icon = "trash")]
public sealed record Delete : RunnableTask
{
    /// <summary>The URI of the file.</summary>
    public required Property<string> Uri { get; init; }

    /// <summary>Whether a missing file fails the task.</summary>
    public Property<bool> ErrorOnMissing { get; init; } = new(false);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var uri = context.Render(Uri);
        var path = OwnFiles.PathOf(context, uri);
        var store = context.Port<IFileStore>();
        var there = await store.FindAsync(path, cancellation) is not null;
        if (there) await store.DeleteAsync(path, cancellation);
        else if (context.Render(ErrorOnMissing)) throw new TaskFailedException($"There is no file '{uri}' and `errorOnMissing` is set to true.");
        return TaskOutcome.Success(("uri", uri), ("deleted", there));
    }
}
