using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Tasks.Storage;

/// <summary>Splits a file into parts between rows.</summary>
[Plugin("core.storage.Split", "io.kestra.core.tasks.storages.Split", Icon = "arrows-split")]
public sealed record Split : RunnableTask
{
    /// <summary>The URI of the file.</summary>
    public required Property<string> From { get; init; }

    /// <summary>Close a part as soon as it has this size, such as 10MB.</summary>
    public Property<string>? Bytes { get; init; }

    /// <summary>Spread the rows over this many parts, in turn.</summary>
    public Property<int>? Partitions { get; init; }

    /// <summary>Close a part after this many rows.</summary>
    public Property<int>? Rows { get; init; }

    /// <summary>What ends a row.</summary>
    public Property<string> Separator { get; init; } = "\n";

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var from = context.Render(From) ?? "";
        await using var source = await context.OpenFileAsync(from, cancellation);
        return TaskOutcome.Success(("uris", await Parts(context).StoreAsync(context, source, Path.GetExtension(from), cancellation)));
    }

    private FileSplit Parts(TaskContext context)
    {
        var separator = context.Render(Separator) is { Length: > 0 } given ? given : "\n";
        if (Bytes is not null) return new FileSplit(null, null, FileSplit.Size(context.Render(Bytes) ?? ""), separator);
        if (Partitions is not null) return new FileSplit(null, Positive("partitions", context.Render(Partitions)), null, separator);
        if (Rows is not null) return new FileSplit(Positive("rows", context.Render(Rows)), null, null, separator);
        throw new TaskFailedException("Say how to split: `bytes`, `partitions` or `rows`.");
    }

    private static int Positive(string name, int number) =>
        number is > 0 and <= 10_000 || (number > 0 && name == "rows") ? number : throw new TaskFailedException($"`{name}` cannot be {number}.");
}
