using System.Text;

namespace FlowApps.Plugins.Files;

/// <summary>Reads a stream row by row, rows ending in a separator (which is part of the row). Memory is bounded by the longest row.</summary>
internal sealed class RowReader(Stream source, byte[] separator)
{
    /// <summary>In bytes.</summary>
    public const int MaxRow = 64 * 1024 * 1024;

    private byte[] buffer = new byte[65536];
    private int start, searched, end;
    private bool ended;

    public RowReader(Stream source, string separator) : this(source, Encoding.UTF8.GetBytes(separator)) { }

    /// <summary>The next row, valid until the next call; null at the end. Errors: <see cref="TaskFailedException"/> beyond <see cref="MaxRow"/>.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var found = buffer.AsSpan(searched, end - searched).IndexOf(separator);
            if (found >= 0) return Take(searched + found + separator.Length);
            if (ended) return start == end ? default(ReadOnlyMemory<byte>?) : Take(end);
            searched = Math.Max(start, end - separator.Length + 1);
            MakeRoom();
            var count = await source.ReadAsync(buffer.AsMemory(end), cancellation);
            end += count;
            ended = count == 0;
        }
    }

    private ReadOnlyMemory<byte> Take(int until)
    {
        var row = buffer.AsMemory(start, until - start);
        start = searched = until;
        return row;
    }

    private void MakeRoom()
    {
        if (end < buffer.Length) return;
        if (start == 0 && buffer.Length >= MaxRow) throw new TaskFailedException($"A row is longer than {MaxRow / 1024 / 1024} MB; is the separator right?");
        var target = start == 0 ? new byte[buffer.Length * 2] : buffer;
        buffer.AsSpan(start, end - start).CopyTo(target);
        (buffer, searched, end, start) = (target, searched - start, end - start, 0);
    }
}
