using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace FlowApps.Testing.Servers;

/// <summary>A mail server of a test's own on a free port: keeps what is handed in. Knows no encryption and asks nobody who they are.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<Received> letters = Channel.CreateUnbounded<Received>();
    private readonly ConcurrentBag<Task> sessions = [];
    private readonly Task accepting;

    public SmtpServer()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Refuses recipients for which it gives an answer, such as "550 no such user"; null takes them.</summary>
    public Func<string, string?> Refuse { get; set; } = _ => null;

    /// <summary>The next letter, in the order of handing in.</summary>
    public async Task<Received> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await letters.Reader.ReadAsync(limit.Token);
    }

    /// <summary>A letter that was handed in and nobody has read yet; null when there is none.</summary>
    public Received? Waiting() => letters.Reader.TryRead(out var letter) ? letter : null;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var session in sessions) await session.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested) sessions.Add(TalkAsync(await listener.AcceptTcpClientAsync(stop.Token)));
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        var recipients = new List<string>();
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase))
            {
                var address = line[8..].Split('<', '>') is [_, var inner, ..] ? inner : line[8..];
                var refusal = Refuse(address);
                if (refusal is null) recipients.Add(address);
                await writer.WriteLineAsync(refusal ?? "250 ok");
            }
            else if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("354 go on");
                var text = new StringBuilder();
                while (await reader.ReadLineAsync(stop.Token) is { } content and not ".") text.Append(content.StartsWith('.') ? content[1..] : content).Append('\n');
                letters.Writer.TryWrite(new Received([.. recipients], text.ToString()));
                recipients.Clear();
                await writer.WriteLineAsync("250 taken");
            }
            else if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("221 bye");
                return;
            }
            else
            {
                await writer.WriteLineAsync("250 ok");
            }
        }
    }
}
