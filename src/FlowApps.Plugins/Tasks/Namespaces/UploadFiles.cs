using FlowApps.Domain.Files;
using FlowApps.Domain.Namespaces;
using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Tasks.Namespaces;

/// <summary>Puts files among the files of a namespace.</summary>
[Plugin("core.namespace.UploadFiles", Icon = "folder-up")]
public sealed record UploadFiles : RunnableTask
{
    /// <summary>The namespace.</summary>
    public required Property<string> Namespace { get; init; }

    /// <summary>Patterns of files in the working directory.</summary>
    public Property<IReadOnlyList<string>>? Files { get; init; }

    /// <summary>Paths within the namespace to contents or <c>kestra:///</c> URIs.</summary>
    public Property<IReadOnlyDictionary<string, object?>>? FilesMap { get; init; }

    /// <summary>The folder to put them in.</summary>
    public Property<string> Destination { get; init; } = "/";

    /// <summary>What happens to a file that is there already.</summary>
    public Property<ConflictAction> Conflict { get; init; } = "OVERWRITE";

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var uploaded = Data.Map();
        foreach (var (name, path) in WorkingFiles.Find(context.WorkingDirectory, OutputFiles.Patterns(context, Files?.Raw)).ToList())
        {
            await using var content = File.OpenRead(path);
            await PutAsync(context, name, content, uploaded, cancellation);
        }
        foreach (var (name, value) in context.Render(FilesMap) ?? Data.Map())
        {
            var text = (string?)PropertyConversion.To(typeof(string), value) ?? "";
            await using var content = await InputFiles.OpenAsync(context, text, cancellation) ?? new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
            await PutAsync(context, name, content, uploaded, cancellation);
        }
        return TaskOutcome.Success(("files", uploaded));
    }

    private async Task PutAsync(TaskContext context, string name, Stream content, OrderedDictionary<string, object?> uploaded, CancellationToken cancellation)
    {
        var ns = context.Render(Namespace) ?? context.Flow.Namespace;
        var path = $"/{context.Render(Destination)?.Trim('/')}/{name.TrimStart('/')}".Replace("//", "/", StringComparison.Ordinal);
        var store = context.Port<INamespaceFileStore>();
        var action = context.Render(Conflict);
        if (action != ConflictAction.Overwrite && (await NamespaceFileSet.FindAsync(context, ns, [Glob.Parse(path)], cancellation)).Count > 0)
        {
            if (action == ConflictAction.Error) throw new TaskFailedException($"The file '{path}' is already in the namespace '{ns}' and `conflict` is ERROR.");
            context.Log(Domain.Logs.LogLevel.Info, $"The file '{path}' is already in the namespace '{ns}' and was left as it is.");
            return;
        }
        await store.PutAsync(ns, path, content, cancellation);
        uploaded[path] = FilePaths.Uri(FilePaths.NamespaceFile(ns, path));
    }
}
