using FlowApps.Domain.Files;

namespace FlowApps.Plugins.Tasks.Storage;

/// <summary>Which stored files a task may change: those of its namespace.</summary>
internal static class OwnFiles
{
    /// <summary>The path of a URI. Errors: <see cref="TaskFailedException"/> when it is none, or belongs to another namespace.</summary>
    public static string PathOf(TaskContext context, string? uri)
    {
        var path = FilePaths.FromUri(uri?.Trim() ?? "") ?? throw new TaskFailedException($"'{uri}' is not the URI of a stored file (kestra:///…).");
        return FilePaths.IsOf(context.Flow.Namespace, path)
            ? path
            : throw new TaskFailedException($"'{uri}' does not belong to the namespace '{context.Flow.Namespace}'.");
    }
}
