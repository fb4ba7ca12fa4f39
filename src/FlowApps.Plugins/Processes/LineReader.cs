using System.Text;

namespace FlowApps.Plugins.Processes;

/// <summary>Cuts a stream of bytes into lines of text as they come; a line that is too long comes in pieces. Broken UTF-8 is replaced, NULs are left out.</summary>
internal static class LineReader
{
    /// <summary>In bytes. Room for a large <c>::{…}::</c> line.</summary>
    public const int MaxLine = 1024 * 1024;

    public static async Task ReadAsync(Stream source, Action<string> line)
    {
        var buffer = new byte[16384];
        using var pending = new MemoryStream();
        int count;
        while ((count = await source.ReadAsync(buffer)) > 0)
        {
            var rest = buffer.AsMemory(0, count);
            while (rest.Span.IndexOf((byte)'\n') is >= 0 and var end)
            {
                pending.Write(rest.Span[..end]);
                Emit(pending, line);
                rest = rest[(end + 1)..];
            }
            pending.Write(rest.Span);
            if (pending.Length >= MaxLine) Emit(pending, line);
        }
        if (pending.Length > 0) Emit(pending, line);
    }

    private static void Emit(MemoryStream pending, Action<string> line)
    {
        var text = Encoding.UTF8.GetString(pending.GetBuffer(), 0, (int)pending.Length).TrimEnd('\r').Replace("\0", "", StringComparison.Ordinal);
        pending.SetLength(0);
        line(text);
    }
}
