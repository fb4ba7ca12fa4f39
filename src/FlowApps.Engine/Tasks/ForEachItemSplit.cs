using System.Globalization;
using System.Text;
using FlowApps.Domain.Files;
using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tasks;

/// <summary>The first part of <see cref="ForEachItem"/>: cuts the file into batches and stores the list of their URIs.</summary>
public sealed record ForEachItemSplit : RunnableTask
{
    public required Property<string> Items { get; init; }

    public required ItemBatch Batch { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var items = context.Render(Items) ?? "";
        if (FilePaths.FromUri(items) is null) throw new TaskFailedException($"The items must be a file of the internal storage (kestra:///…), but they are '{items}'.");
        var separator = context.Render(Batch.Separator, "\n");
        using var content = await context.OpenFileAsync(items, cancellation);
        using var reader = new StreamReader(content);
        var uris = new List<string>();
        foreach (var batch in Batches(Lines(await reader.ReadToEndAsync(cancellation), separator), context, separator))
            uris.Add(await PutAsync(context, $"batch-{uris.Count}.txt", batch, cancellation));
        return TaskOutcome.Success(("splits", await PutAsync(context, "splits.txt", string.Concat(uris.Select(uri => uri + "\n")), cancellation)));
    }

    private static IEnumerable<string> Lines(string text, string separator)
    {
        var lines = text.Split(separator);
        return lines.Length > 0 && lines[^1].Length == 0 ? lines.SkipLast(1) : lines;
    }

    private IEnumerable<string> Batches(IEnumerable<string> lines, TaskContext context, string separator)
    {
        if (context.Render(Batch.Bytes) is { } bytes) return BySize(lines, Size(bytes), separator);
        if (Batch.Partitions is not null) return Dealt(lines, Math.Max(context.Render(Batch.Partitions), 1), separator);
        return lines.Chunk(Math.Max(context.Render(Batch.Rows, 1), 1)).Select(chunk => string.Concat(chunk.Select(line => line + separator)));
    }

    private static IEnumerable<string> Dealt(IEnumerable<string> lines, int parts, string separator) =>
        lines.Select((line, i) => (line, i)).GroupBy(pair => pair.i % parts, pair => pair.line).Select(part => string.Concat(part.Select(line => line + separator)));

    private static IEnumerable<string> BySize(IEnumerable<string> lines, long limit, string separator)
    {
        var part = new StringBuilder();
        long size = 0;
        foreach (var line in lines)
        {
            part.Append(line).Append(separator);
            size += Encoding.UTF8.GetByteCount(line) + Encoding.UTF8.GetByteCount(separator);
            if (size < limit) continue;
            yield return part.ToString();
            part.Clear();
            size = 0;
        }
        if (part.Length > 0) yield return part.ToString();
    }

    private static long Size(string text)
    {
        var digits = text.TrimEnd().TrimEnd('B', 'b');
        var factor = digits.Length == 0 ? 1 : char.ToUpperInvariant(digits[^1]) switch { 'K' => 1L << 10, 'M' => 1L << 20, 'G' => 1L << 30, _ => 1 };
        if (factor > 1) digits = digits[..^1];
        return long.TryParse(digits.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? Math.Max(size * factor, 1) : throw new TaskFailedException($"'{text}' is not a size such as 10MB.");
    }

    private static async Task<string> PutAsync(TaskContext context, string name, string text, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await context.PutFileAsync(name, stream, cancellation);
    }
}
