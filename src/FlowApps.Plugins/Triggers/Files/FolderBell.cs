using System.Threading.Channels;

namespace FlowApps.Plugins.Triggers.Files;

/// <summary>Rings when something in a folder changes; and now and then anyway, since network folders tell nothing.</summary>
internal sealed class FolderBell : IDisposable
{
    private static readonly TimeSpan AnywayAfter = TimeSpan.FromSeconds(5);
    private readonly Channel<bool> rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly FileSystemWatcher watcher;

    public FolderBell(string folder)
    {
        watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.CreationTime };
        watcher.Changed += (_, _) => Ring();
        watcher.Created += (_, _) => Ring();
        watcher.Renamed += (_, _) => Ring();
        watcher.Error += (_, _) => Ring();
        watcher.EnableRaisingEvents = true;
    }

    public async Task WaitAsync(TimeProvider clock, CancellationToken cancellation)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(rings.Reader.WaitToReadAsync(rest.Token).AsTask(), Task.Delay(AnywayAfter, clock, rest.Token));
        await rest.CancelAsync();
        rings.Reader.TryRead(out _);
        cancellation.ThrowIfCancellationRequested();
    }

    public void Dispose() => watcher.Dispose();

    private void Ring() => rings.Writer.TryWrite(true);
}
