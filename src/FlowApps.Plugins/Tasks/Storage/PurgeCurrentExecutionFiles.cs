using FlowApps.Domain.Files;

namespace FlowApps.Plugins.Tasks.Storage;

/// <summary>Deletes all files of the running execution.</summary>
[Plugin("core.storage.PurgeCurrentExecutionFiles", "core.storage.PurgeExecution", "io.kestra.core.tasks.storages.PurgeExecution", Icon = "trash")]
public sealed record PurgeCurrentExecutionFiles : RunnableTask
{
    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var (store, path) = (context.Port<IFileStore>(), FilePaths.Execution(context.Flow.Namespace, context.Flow.Id, context.ExecutionId));
        var deleted = await store.FindAsync(path, cancellation) is null ? [] : await store.DeleteAsync(path, cancellation);
        return TaskOutcome.Success(("uris", deleted.Select(object? (file) => FilePaths.Uri(file)).ToList()));
    }
}
