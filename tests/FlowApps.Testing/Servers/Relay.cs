using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FlowApps.Testing.Servers;

/// <summary>A line to a server that keeps its address while the server is killed and comes back at another one. Without a target it is a line to nobody.</summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<Task> lines = [];
    private readonly Task accepting;

    public Relay()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>Where new connections lead; those that are open stay as they are.</summary>
    public Uri? Target { get; set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var line in lines) await line.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested) lines.Add(PassAsync(await listener.AcceptTcpClientAsync(stop.Token)));
    }

    private async Task PassAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            if (Target is not { } target) return;
            await far.ConnectAsync(target.Host, target.Port, stop.Token);
            // Whoever hangs up first ends it for both.
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), stop.Token), far.GetStream().CopyToAsync(near.GetStream(), stop.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // A cut line is what this is for.
        }
    }
}
