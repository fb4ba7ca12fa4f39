using FlowApps.Domain.Executions;
using Microsoft.AspNetCore.SignalR;

namespace FlowApps.Web.Hubs;

/// <summary>Passes on what the runtime committed: about one execution to those on its page, and to lists at most five times a second.</summary>
public sealed class NewsDesk(IExecutions executions, IHubContext<NewsHub> hub, TimeProvider clock, ILogger<NewsDesk> logger) : BackgroundService
{
    private static readonly TimeSpan ListPace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private long listVersion;
    private int listDue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Versions of lists have to grow over restarts as well.
        listVersion = clock.GetUtcNow().ToUnixTimeMilliseconds();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var news in executions.WatchAsync(null, stoppingToken)) await TellAsync(news, stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "News of executions broke off; pages are told again after a second");
                await Task.Delay(Rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TellAsync(ExecutionNews news, CancellationToken cancellation)
    {
        await SendAsync(new News(NewsKinds.Execution, news.ExecutionId, news.Version), cancellation);
        if (Interlocked.Exchange(ref listDue, 1) == 0) _ = TellListsAsync(cancellation);
    }

    private async Task TellListsAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(ListPace, clock, cancellation);
            Volatile.Write(ref listDue, 0);
            var version = Interlocked.Increment(ref listVersion);
            await SendAsync(new News(NewsKinds.Executions, NewsKinds.All, version), cancellation);
            await SendAsync(new News(NewsKinds.Approvals, NewsKinds.All, version), cancellation);
        }
        catch (OperationCanceledException)
        {
            // The server stops; nobody is left to be told.
        }
    }

    private Task SendAsync(News news, CancellationToken cancellation) =>
        hub.Clients.Group(NewsKinds.Topic(news.Kind, news.Id)).SendAsync("news", news, cancellation);
}
