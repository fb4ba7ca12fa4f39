using FlowApps.Domain.Namespaces;
using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Tasks.Namespaces;

/// <summary>Takes files of a namespace into the files of the execution.</summary>
[Plugin("core.namespace.DownloadFiles", Icon = "folder-down")]
public sealed record DownloadFiles : RunnableTask
{
    /// <summary>The namespace.</summary>
    public required Property<string> Namespace { get; init; }

    /// <summary>A pattern or a list of patterns.</summary>
    public required Property<object> Files { get; init; }

    /// <summary>A folder to put them in.</summary>
    public Property<string> Destination { get; init; } = "";

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var ns = context.Render(Namespace) ?? context.Flow.Namespace;
        var folder = context.Render(Destination)?.Trim('/') ?? "";
        var globs = NamespaceFileSet.Globs(OutputFiles.Patterns(context, Files.Raw));
        var downloaded = Data.Map();
        foreach (var path in globs.Count == 0 ? [] : await NamespaceFileSet.FindAsync(context, ns, globs, cancellation))
        {
            await using var content = await context.Port<INamespaceFileStore>().OpenAsync(ns, path, null, cancellation);
            downloaded[path] = await context.PutFileAsync($"{folder}{path}".TrimStart('/'), content, cancellation);
        }
        return TaskOutcome.Success(("files", downloaded));
    }
}
