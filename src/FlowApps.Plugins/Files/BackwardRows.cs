using System.Runtime.CompilerServices;

namespace FlowApps.Plugins.Files;

/// <summary>The rows of a file from the last to the first, without their separators. Memory is bounded by the longest row.</summary>
internal static class BackwardRows
{
    private const int Block = 65536;

    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(FileStream file, byte[] separator, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var end = await WithoutLastSeparatorAsync(file, separator, cancellation);
        if (file.Length == 0) yield break;
        var (held, length, position) = (Array.Empty<byte>(), 0, end);
        while (true)
        {
            var found = held.AsSpan(0, length).LastIndexOf(separator);
            if (found >= 0)
            {
                yield return held.AsMemory(found + separator.Length, length - found - separator.Length);
                length = found;
                continue;
            }
            if (position == 0) break;
            if (length >= RowReader.MaxRow) throw new TaskFailedException($"A row is longer than {RowReader.MaxRow / 1024 / 1024} MB; is the separator right?");
            // Read at least as much again as is held, so that a long row costs linear time.
            var size = (int)Math.Min(position, Math.Max(Block, length));
            position -= size;
            var joined = new byte[size + length];
            file.Position = position;
            await file.ReadExactlyAsync(joined.AsMemory(0, size), cancellation);
            held.AsSpan(0, length).CopyTo(joined.AsSpan(size));
            (held, length) = (joined, joined.Length);
        }
        yield return held.AsMemory(0, length);
    }

    private static async Task<long> WithoutLastSeparatorAsync(FileStream file, byte[] separator, CancellationToken cancellation)
    {
        if (file.Length < separator.Length) return file.Length;
        var last = new byte[separator.Length];
        file.Position = file.Length - separator.Length;
        await file.ReadExactlyAsync(last, cancellation);
        return last.AsSpan().SequenceEqual(separator) ? file.Length - separator.Length : file.Length;
    }
}
