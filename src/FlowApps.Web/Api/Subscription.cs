using System.Threading.Channels;

namespace FlowApps.Web.Api;

/// <summary>News that is collected from the moment this is made, so that a reader can subscribe first, then load, then read on without a gap.</summary>
public sealed class Subscription<T> : IAsyncDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly Channel<T> news = Channel.CreateBounded<T>(new BoundedChannelOptions(10_000) { SingleReader = true, SingleWriter = true });
    private readonly Task pump;

    public Subscription(Func<CancellationToken, IAsyncEnumerable<T>> watch, CancellationToken cancellation)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        pump = PumpAsync(watch(stop.Token));
    }

    public ChannelReader<T> News => news.Reader;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await pump;
        stop.Dispose();
    }

    private async Task PumpAsync(IAsyncEnumerable<T> source)
    {
        try
        {
            await foreach (var item in source.WithCancellation(stop.Token)) await news.Writer.WriteAsync(item, stop.Token);
            news.Writer.Complete();
        }
        catch (OperationCanceledException)
        {
            news.Writer.Complete();
        }
        catch (Exception e)
        {
            news.Writer.Complete(e);
        }
    }
}
