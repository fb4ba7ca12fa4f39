using FlowApps.Domain.Executions;
using FlowApps.Runtime.Executions;
using FlowApps.Runtime.Flows;
using FlowApps.Runtime.News;
using FlowApps.Runtime.Work;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowApps.Runtime.Hosting;

/// <summary>Lives beside the other processes on the same store: takes what they leave for anybody, and forgets what they have made out of date.</summary>
internal sealed class Neighbours(
    INeighbours others, NodeIdentity node, WorkPool pool, FlowRegistry flows, ExecutionReader reader, ExecutionFeed feed, ILogger<Neighbours> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task listening = Task.CompletedTask;

    /// <summary>Completes when the others know of this process and this process hears them.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        listening = ListenAsync(stop.Token);
        return heard.Task.WaitAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => stop.Dispose();

    private async Task ListenAsync(CancellationToken cancellation)
    {
        await foreach (var news in others.WatchAsync(node.Owner, cancellation))
        {
            try
            {
                await TakeAsync(news, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "News of another process could not be acted on; the next look will.");
            }
        }
    }

    private async ValueTask TakeAsync(NeighbourNews news, CancellationToken cancellation)
    {
        switch (news)
        {
            case NeighbourNews.WorkWaits: pool.Wake(); break;
            case NeighbourNews.FlowsChanged: await flows.RefreshAsync(cancellation); break;
            case NeighbourNews.ExecutionMoved { News: var moved }:
                reader.Outdate(moved.ExecutionId, moved.Version);
                feed.Publish(moved);
                if (feed.IsAwaited(moved.ExecutionId)) await TellAsync(moved.ExecutionId, cancellation);
                break;
            case NeighbourNews.Deaf: reader.Hear(false); break;
            case NeighbourNews.Hearing:
                reader.Hear(true);
                heard.TrySetResult();
                pool.Wake();
                await flows.RefreshAsync(cancellation);
                foreach (var id in feed.Awaited) await TellAsync(id, cancellation);
                break;
            default: throw new InvalidOperationException($"Nobody knows what to do with the news {news.GetType().Name}.");
        }
    }

    private async ValueTask TellAsync(string id, CancellationToken cancellation)
    {
        if ((await reader.TryCertainAsync(id, cancellation)).Live is { } live) feed.Publish(live);
    }
}
