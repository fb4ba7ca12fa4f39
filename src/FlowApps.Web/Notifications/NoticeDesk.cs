using FlowApps.Domain.Notifications;
using FlowApps.Web.Hubs;
using Microsoft.AspNetCore.SignalR;

namespace FlowApps.Web.Notifications;

/// <summary>Empties the outbox: tells each notice once, then rings the bells of those who were told and wakes the postman.</summary>
public sealed class NoticeDesk(INotificationStore store, INoticeBell bell, Postman postman, IServiceScopeFactory scopes, IHubContext<NewsHub> hub, TimeProvider clock, ILogger<NoticeDesk> logger) : BackgroundService
{
    private const int AtOnce = 100;

    /// <summary>Other processes commit notices too, and do not ring here.</summary>
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await TellAsync(stoppingToken) == AtOnce) { }
                await bell.WaitAsync(LooksEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "People could not be told what happened; trying again in {Seconds} s", LooksEvery.TotalSeconds);
                await Task.Delay(LooksEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> TellAsync(CancellationToken cancellation)
    {
        var notices = await store.NoticesAsync(AtOnce, cancellation);
        foreach (var notice in notices)
        {
            await using var scope = scopes.CreateAsyncScope();
            var telling = await TellingOfAsync(scope.ServiceProvider.GetRequiredService<Teller>(), notice, cancellation);
            if (!await store.TellAsync(notice, telling, cancellation)) continue;
            foreach (var person in telling.Notifications.Select(line => line.Person).Distinct()) await RingAsync(person, cancellation);
            if (telling.Deliveries.Count > 0) postman.Wake();
        }
        return notices.Count;
    }

    /// <summary>A notice that cannot be told is left out, so that it does not hold up all others.</summary>
    private async Task<Telling> TellingOfAsync(Teller teller, Notice notice, CancellationToken cancellation)
    {
        try
        {
            return await teller.OfAsync(notice, cancellation);
        }
        catch (Exception e) when (e is not (OperationCanceledException or Domain.Problems.RefusedException { Kind: Domain.Problems.RefusalKind.Unavailable }))
        {
            logger.LogError(e, "Nobody could be told that {Kind} happened to execution {Execution}", notice.Kind, notice.ExecutionId);
            return new Telling([], []);
        }
    }

    private Task RingAsync(string person, CancellationToken cancellation) => hub.Clients.Group(NewsKinds.Topic(NewsKinds.Notifications, person))
        .SendAsync("news", new News(NewsKinds.Notifications, person, clock.GetUtcNow().ToUnixTimeMilliseconds()), cancellation);
}
