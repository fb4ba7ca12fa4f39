using FlowApps.Domain.Tasks;

namespace FlowApps.Domain.Files;

/// <summary>Lays files into a task's working directory before it runs and takes files out of it afterwards (kestra-semantics 5.6, 13).</summary>
public interface IDirectoryTransfer
{
    /// <summary>
    /// Restores the cache, then fetches namespace files, then writes the input files. <paramref name="inputFiles"/> as written in the flow: a map or JSON text, name to content or
    /// to a <c>kestra:///</c> or <c>nsfile:///</c> URI; null for none. Errors: <see cref="TaskFailedException"/> for names that leave the directory.
    /// </summary>
    Task PrepareAsync(TaskContext context, object? inputFiles, NamespaceFiles? namespaceFiles, DirectoryCache? cache, CancellationToken cancellation);

    /// <summary>
    /// Stores the files that match <paramref name="outputFiles"/> (globs: a list or JSON text; null for none) and returns relative path to URI; then refreshes the cache when it
    /// is missing or too old.
    /// </summary>
    Task<IReadOnlyDictionary<string, object?>> CollectAsync(TaskContext context, object? outputFiles, DirectoryCache? cache, CancellationToken cancellation);
}
