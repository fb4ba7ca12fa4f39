using System.Collections.Concurrent;
using System.Net.Sockets;

namespace FlowApps.Testing.Servers;

/// <summary>
/// Stands between a process and its database. It can lose an answer (the server gets what was sent, the client's connection breaks), cut every connection, and be down for a
/// while, as a network is.
/// </summary>
public sealed class LossyProxy : IAsyncDisposable
{
    private const string SocketName = ".s.PGSQL.5432";
    private readonly string server;
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task accepting;
    private readonly ConcurrentDictionary<Socket, bool> carried = new();
    private int losing;
    private int lost;
    private volatile bool down;

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

    /// <summary>Every connection breaks now; new ones are carried.</summary>
    public void Cut()
    {
        foreach (var client in carried.Keys) client.Dispose();
    }

    /// <summary>Breaks every connection, and every new one at once, until it is up again.</summary>
    public bool IsDown
    {
        get => down;
        set
        {
            down = value;
            if (value) Cut();
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await accepting;
        TestFolder.Remove(Folder);
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
            if (down) return;
            carried[client] = true;
            try
            {
                await upstream.ConnectAsync(new UnixDomainSocketEndPoint(server));
                await Task.WhenAny(PumpAsync(client, upstream, false), PumpAsync(upstream, client, true));
            }
            catch (SocketException)
            {
                // The server is away: the client's connection breaks too.
            }
            carried.TryRemove(client, out _);
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
