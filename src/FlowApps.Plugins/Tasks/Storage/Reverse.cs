using System.Text;
using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Tasks.Storage;

/// <summary>Puts the rows of a file into reverse order.</summary>
[Plugin("core.storage.Reverse", "io.kestra.core.tasks.storages.Reverse", Icon = "arrows-sort")]
public sealed record Reverse : RunnableTask
{
    /// <summary>The URI of the file.</summary>
    public required Property<string> From { get; init; }

    /// <summary>What ends a row.</summary>
    public Property<string> Separator { get; init; } = "\n";

    /// <summary>The character set of the file.</summary>
    public Property<string> Charset { get; init; } = "UTF-8";

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var from = context.Render(From) ?? "";
        var separator = CharsetOf(context).GetBytes(context.Render(Separator) is { Length: > 0 } given ? given : "\n");
        await using var whole = new ScratchFile(context);
        await using (var source = await context.OpenFileAsync(from, cancellation)) await source.CopyToAsync(whole.Content, cancellation);
        await using var result = new ScratchFile(context);
        await foreach (var row in BackwardRows.ReadAsync(whole.Content, separator, cancellation))
        {
            await result.Content.WriteAsync(row, cancellation);
            await result.Content.WriteAsync(separator, cancellation);
        }
        return TaskOutcome.Success(("uri", await result.StoreAsync(Path.GetExtension(from), cancellation)));
    }

    private Encoding CharsetOf(TaskContext context)
    {
        var name = context.Render(Charset) ?? "UTF-8";
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException e)
        {
            throw new TaskFailedException($"'{name}' is not a known character set.", null, e);
        }
    }
}
