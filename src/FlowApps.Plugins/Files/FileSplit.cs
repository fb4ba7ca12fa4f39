using System.Globalization;

namespace FlowApps.Plugins.Files;

/// <summary>Cuts a file into parts between rows. Exactly one of the sizes is set.</summary>
internal sealed record FileSplit(int? Rows, int? Partitions, long? Bytes, string Separator)
{
    private static readonly (string Unit, long Factor)[] Units = [("KB", 1L << 10), ("MB", 1L << 20), ("GB", 1L << 30), ("TB", 1L << 40), ("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30), ("B", 1)];

    /// <summary>Reads a size such as 10MB (a kilobyte is 1024 bytes). Errors: <see cref="TaskFailedException"/>.</summary>
    public static long Size(string text)
    {
        var plain = text.Trim().ToUpperInvariant().Replace("IB", "B", StringComparison.Ordinal);
        var (unit, factor) = Units.FirstOrDefault(known => plain.EndsWith(known.Unit, StringComparison.Ordinal), ("", 1));
        return double.TryParse(plain[..^unit.Length].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * factor >= 1
            ? (long)(number * factor)
            : throw new TaskFailedException($"'{text}' is not a size such as 512KB or 10MB.");
    }

    /// <summary>Stores the parts, in order, and returns their URIs.</summary>
    public async Task<List<object?>> StoreAsync(TaskContext context, Stream source, string extension, CancellationToken cancellation) =>
        Partitions is { } partitions
            ? await ByPartitionAsync(context, new RowReader(source, Separator), partitions, extension, cancellation)
            : await BySizeAsync(context, new RowReader(source, Separator), extension, cancellation);

    private async Task<List<object?>> BySizeAsync(TaskContext context, RowReader reader, string extension, CancellationToken cancellation)
    {
        var uris = new List<object?>();
        var row = await reader.NextAsync(cancellation);
        while (row is not null)
        {
            await using var part = new ScratchFile(context);
            for (long rows = 0, bytes = 0; row is { } bytesOfRow && !(rows >= Rows || bytes >= Bytes); row = await reader.NextAsync(cancellation))
            {
                await part.Content.WriteAsync(bytesOfRow, cancellation);
                (rows, bytes) = (rows + 1, bytes + bytesOfRow.Length);
            }
            uris.Add(await part.StoreAsync(extension, cancellation));
        }
        return uris;
    }

    private static async Task<List<object?>> ByPartitionAsync(TaskContext context, RowReader reader, int partitions, string extension, CancellationToken cancellation)
    {
        var parts = new List<ScratchFile>();
        try
        {
            for (var rows = 0L; await reader.NextAsync(cancellation) is { } row; rows++)
            {
                if (parts.Count < partitions) parts.Add(new ScratchFile(context));
                await parts[(int)(rows % partitions)].Content.WriteAsync(row, cancellation);
            }
            var uris = new List<object?>();
            foreach (var part in parts) uris.Add(await part.StoreAsync(extension, cancellation));
            return uris;
        }
        finally
        {
            foreach (var part in parts) await part.DisposeAsync();
        }
    }
}
