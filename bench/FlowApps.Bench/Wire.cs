using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FlowApps.Bench;

/// <summary>One kept-alive HTTP/1.1 connection that costs next to nothing, as the driver shares the cores with what it measures.</summary>
internal sealed class Wire : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] buffer = new byte[64 * 1024];

    /// <summary>The head of the last answer.</summary>
    public ReadOnlyMemory<byte> Head { get; private set; }

    public Wire(int port) => socket.Connect(IPAddress.Loopback, port);

    /// <summary>The bytes of a request, made once and sent often.</summary>
    public static byte[] Request(string method, string path, string authorization, string? body = null, string contentType = "application/x-yaml")
    {
        var content = body is null ? [] : Encoding.UTF8.GetBytes(body);
        var head = $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {authorization}\r\n" +
            (body is null && method == "GET" ? "" : $"Content-Length: {content.Length}\r\n") + (body is null ? "" : $"Content-Type: {contentType}\r\n") + "\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. content];
    }

    /// <summary>Sends and reads the whole answer. The memory is valid until the next call.</summary>
    public async ValueTask<(int Status, ReadOnlyMemory<byte> Body)> SendAsync(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        var filled = 0;
        while (true)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0) throw new IOException("The server closed the connection.");
            filled += read;
            var end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (end < 0) continue;
            var head = buffer.AsSpan(0, end + 2);
            Head = buffer.AsMemory(0, end + 2);
            var status = Utf8Parser.TryParse(head[9..], out int code, out _) ? code : 0;
            if (Field(head, "Content-Length: "u8) is { } length)
            {
                if (filled >= end + 4 + length) return (status, buffer.AsMemory(end + 4, length));
            }
            else if (head.IndexOf("Transfer-Encoding: chunked"u8) >= 0)
            {
                if (buffer.AsSpan(0, filled).EndsWith("0\r\n\r\n"u8)) return (status, buffer.AsMemory(end + 4, filled - end - 4));
            }
            else
            {
                return (status, ReadOnlyMemory<byte>.Empty);
            }
        }
    }

    public void Dispose() => socket.Dispose();

    private static int? Field(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int value, out _) ? value : null;
    }
}
