using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Tasks.Storage;

/// <summary>Writes files into the working directory and stores files from it; for use inside a WorkingDirectory.</summary>
[Plugin("core.storage.LocalFiles", "io.kestra.core.tasks.storages.LocalFiles", Icon = "files")]
public sealed record LocalFiles : RunnableTask
{
    /// <summary>Files to write: names to contents or to <c>kestra:///</c> URIs.</summary>
    public object? Inputs { get; init; }

    /// <summary>Patterns of the files to store.</summary>
    public Property<IReadOnlyList<string>>? Outputs { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        await InputFiles.WriteAsync(context, Inputs, null, cancellation);
        var files = WorkingFiles.Find(context.WorkingDirectory, OutputFiles.Patterns(context, Outputs?.Raw)).ToList();
        return TaskOutcome.Success(("uris", await OutputFiles.StoreAsync(context, files, cancellation)));
    }
}
