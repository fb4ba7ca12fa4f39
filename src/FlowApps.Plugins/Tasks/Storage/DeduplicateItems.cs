using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Tasks.Storage;

/// <summary>Keeps the last item of each key, in the order of the file.</summary>
[Plugin("core.storage.DeduplicateItems", "io.kestra.core.tasks.storages.DeduplicateItems", Icon = "copy-off")]
public sealed record DeduplicateItems : RunnableTask
{
    /// <summary>The URI of a file with one JSON or Ion item per line.</summary>
    public required Property<string> From { get; init; }

    /// <summary>The expression that gives an item's key; the item's fields are its variables.</summary>
    public required string Expr { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var from = context.Render(From) ?? "";
        var (last, total) = await LastOfKeysAsync(context, from, cancellation);
        await using var result = new ScratchFile(context);
        await using (var source = await context.OpenFileAsync(from, cancellation))
        {
            var (items, kept) = (new ItemReader(context, source), last.Values.ToHashSet());
            for (var at = 0L; await items.NextAsync(cancellation) is { } row; at++)
                if (kept.Contains(at)) await result.WriteRowAsync(row, cancellation);
        }
        return TaskOutcome.Success(
            ("uri", await result.StoreAsync(".ion", cancellation)), ("numKeys", last.Count),
            ("processedItemsTotal", total), ("droppedItemsTotal", total - last.Count));
    }

    /// <summary>The place of the last item of each key; keys are kept as 128 bits each, whatever their length.</summary>
    private async Task<(Dictionary<UInt128, long> Last, long Total)> LastOfKeysAsync(TaskContext context, string from, CancellationToken cancellation)
    {
        var last = new Dictionary<UInt128, long>();
        await using var source = await context.OpenFileAsync(from, cancellation);
        var (items, total) = (new ItemReader(context, source), 0L);
        for (; await items.NextAsync(cancellation) is { } row; total++)
            last[Hash(context.Render(Expr, items.Fields(row)) ?? "")] = total;
        return (last, total);
    }

    private static UInt128 Hash(string key) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
