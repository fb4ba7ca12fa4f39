using System.Text;
using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Tasks.Storage;

/// <summary>Puts files together into one.</summary>
[Plugin("core.storage.Concat", "io.kestra.core.tasks.storages.Concat", Icon = "file-plus")]
public sealed record Concat : RunnableTask
{
    /// <summary>The URIs of the files, as a list or as JSON text of one; a single URI also does.</summary>
    public required Property<object> Files { get; init; }

    /// <summary>Written after every file.</summary>
    public Property<string>? Separator { get; init; }

    /// <summary>The extension of the new file.</summary>
    public Property<string> Extension { get; init; } = ".tmp";

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var separator = Encoding.UTF8.GetBytes(context.Render(Separator) ?? "");
        await using var result = new ScratchFile(context);
        foreach (var uri in OutputFiles.Patterns(context, Files.Raw).Where(uri => !string.IsNullOrWhiteSpace(uri)))
        {
            await using (var source = await context.OpenFileAsync(uri, cancellation)) await source.CopyToAsync(result.Content, cancellation);
            await result.Content.WriteAsync(separator, cancellation);
        }
        return TaskOutcome.Success(("uri", await result.StoreAsync(context.Render(Extension) ?? "", cancellation)));
    }
}
