using System.Net.Sockets;

namespace FlowApps.Storage.Tests;

/// <summary>Stands between a process and its database, and can lose an answer: the server gets what was sent, the client's connection breaks.</summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private const string SocketName = ".s.PGSQL.5432";
    private readonly string server;
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task accepting;
    private int losing;
    private int lost;

    public LossyProxy(string serverFolder)
    {
        server = Path.Combine(serverFolder, SocketName);
        Folder = Directory.CreateTempSubdirectory("flowapps-proxy-").FullName;
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(Folder, SocketName)));
        listener.Listen();
        accepting = AcceptAsync();
    }

    public string Folder { get; }

    public int Lost => lost;

    /// <summary>The next answer of the server to anybody is lost.</summary>
    public void LoseNext() => Volatile.Write(ref losing, 1);

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await accepting;
        Directory.Delete(Folder, true);
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(CarryAsync(await listener.AcceptAsync()));
        }
        catch (SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using (client)
        using (var upstream = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await upstream.ConnectAsync(new UnixDomainSocketEndPoint(server));
            await Task.WhenAny(PumpAsync(client, upstream, false), PumpAsync(upstream, client, true));
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool answers)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (answers && Interlocked.Exchange(ref losing, 0) == 1)
                {
                    Interlocked.Increment(ref lost);
                    return;
                }
                for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other half of the connection ended.
        }
    }
}
