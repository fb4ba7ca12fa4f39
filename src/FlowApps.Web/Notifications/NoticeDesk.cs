using FlowApps.Domain.Notifications;
using FlowApps.Domain.Problems;
using FlowApps.Web.Hubs;
using Microsoft.AspNetCore.SignalR;

namespace FlowApps.Web.Notifications;

/// <summary>Empties the outbox: tells each notice once, then rings the bells of those who were told and wakes the postman.</summary>
public sealed class NoticeDesk(INotificationStore store, INoticeBell bell, Postman postman, IServiceScopeFactory scopes, IHubContext<NewsHub> hub, TimeProvider clock, ILogger<NoticeDesk> logger) : BackgroundService
{
    private const int AtOnce = 100;
    private const int SideBySide = 4;

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
        var tellings = new (Notice Notice, Telling Telling)[notices.Count];
        await Parallel.ForAsync(0, notices.Count, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellation }, async (i, stop) => tellings[i] = (notices[i], await TellingOfAsync(notices[i], stop)));
        if (tellings.Length == 0) return 0;
        var told = await WriteAsync(tellings, cancellation);
        foreach (var person in told.SelectMany(telling => telling.Notifications).Select(line => line.Person).Distinct()) await RingAsync(person, cancellation);
        if (told.Any(telling => telling.Deliveries.Count > 0)) postman.Wake();
        return notices.Count;
    }

    /// <summary>What this process told. Where one of them cannot be stored, the others are told without it.</summary>
    private async Task<IReadOnlyList<Telling>> WriteAsync(IReadOnlyList<(Notice Notice, Telling Telling)> tellings, CancellationToken cancellation)
    {
        try
        {
            var taken = await store.TellAsync(tellings, cancellation);
            return [.. tellings.Where(pair => taken.Contains(pair.Notice.Id)).Select(pair => pair.Telling)];
        }
        catch (Exception e) when (IsOfTheNotice(e))
        {
            if (tellings is [var (notice, _)])
            {
                Leave(notice, e);
                await store.TellAsync([(notice, new Telling([], []))], cancellation);
                return [];
            }
            var told = new List<Telling>();
            foreach (var one in tellings) told.AddRange(await WriteAsync([one], cancellation));
            return told;
        }
    }

    private async Task<Telling> TellingOfAsync(Notice notice, CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<Teller>().OfAsync(notice, cancellation);
        }
        catch (Exception e) when (IsOfTheNotice(e))
        {
            Leave(notice, e);
            return new Telling([], []);
        }
    }

    private static bool IsOfTheNotice(Exception e) => e is not (OperationCanceledException or RefusedException { Kind: RefusalKind.Unavailable });

    /// <summary>A notice that cannot be told is left out, so that it does not hold up all others.</summary>
    private void Leave(Notice notice, Exception e) => logger.LogError(e, "Nobody could be told that {Kind} happened to execution {Execution}", notice.Kind, notice.ExecutionId);

    private Task RingAsync(string person, CancellationToken cancellation) => hub.Clients.Group(NewsKinds.Topic(NewsKinds.Notifications, person))
        .SendAsync("news", new News(NewsKinds.Notifications, person, clock.GetUtcNow().ToUnixTimeMilliseconds()), cancellation);
}
