using FlowApps.Domain.Namespaces;
using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Tasks.Namespaces;

/// <summary>Deletes files of a namespace.</summary>
[Plugin("core.namespace.DeleteFiles", Icon = "folder-x")]
public sealed record DeleteFiles : RunnableTask
{
    /// <summary>The namespace.</summary>
    public required Property<string> Namespace { get; init; }

    /// <summary>A pattern or a list of patterns.</summary>
    public required Property<object> Files { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var ns = context.Render(Namespace) ?? context.Flow.Namespace;
        var globs = NamespaceFileSet.Globs(OutputFiles.Patterns(context, Files.Raw));
        var paths = globs.Count == 0 ? [] : await NamespaceFileSet.FindAsync(context, ns, globs, cancellation);
        foreach (var path in paths) await context.Port<INamespaceFileStore>().DeleteAsync(ns, path, cancellation);
        return TaskOutcome.Success(("files", paths.ToList<object?>()));
    }
}
