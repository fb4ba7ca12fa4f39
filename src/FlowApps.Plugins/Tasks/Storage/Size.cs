namespace FlowApps.Plugins.Tasks.Storage;

/// <summary>Says how many bytes a file has.</summary>
[Plugin("core.storage.Size", "io.kestra.core.tasks.storages.Size", Icon = "ruler-measure")]
public sealed record Size : RunnableTask
{
    /// <summary>The URI of the file.</summary>
    public required Property<string> Uri { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        await using var source = await context.OpenFileAsync(context.Render(Uri) ?? "", cancellation);
        return TaskOutcome.Success(("size", source.CanSeek ? source.Length : await CountAsync(source, cancellation)));
    }

    private static async Task<long> CountAsync(Stream source, CancellationToken cancellation)
    {
        var (buffer, total) = (new byte[65536], 0L);
        while (await source.ReadAsync(buffer, cancellation) is > 0 and var count) total += count;
        return total;
    }
}
