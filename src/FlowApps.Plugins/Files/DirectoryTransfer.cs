using FlowApps.Domain.Files;

namespace FlowApps.Plugins.Files;

internal sealed class DirectoryTransfer : IDirectoryTransfer
{
    public async Task PrepareAsync(TaskContext context, object? inputFiles, NamespaceFiles? namespaceFiles, DirectoryCache? cache, CancellationToken cancellation)
    {
        await CachedFiles.RestoreAsync(context, cache, cancellation);
        await NamespaceFileSet.FetchAsync(context, namespaceFiles, cancellation);
        await InputFiles.WriteAsync(context, inputFiles, null, cancellation);
    }

    public async Task<IReadOnlyDictionary<string, object?>> CollectAsync(TaskContext context, object? outputFiles, DirectoryCache? cache, CancellationToken cancellation)
    {
        var files = WorkingFiles.Find(context.WorkingDirectory, OutputFiles.Patterns(context, outputFiles)).ToList();
        var stored = await OutputFiles.StoreAsync(context, files, cancellation);
        await CachedFiles.KeepAsync(context, cache, cancellation);
        return stored;
    }
}
