using System.Net.Http.Headers;
using System.Text;
using FlowApps.Domain.Http;
using FlowApps.Domain.Mail;
using FlowApps.Domain.Notifications;
using FlowApps.Web.Layout;

namespace FlowApps.Web.Notifications;

/// <summary>Takes deliveries out: at once, again after growing pauses, and given up with the reason kept for an administrator.</summary>
public sealed class Postman(
    INotificationStore store, IMailer mailer, MailSettings settings, IHttp http, ChatRooms rooms, IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock, ILogger<Postman> logger) : BackgroundService
{
    private const int AtOnce = 20;
    private const int MaxAttempts = 8;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);
    private readonly SemaphoreSlim woken = new(0);

    /// <summary>There is something to take out now.</summary>
    public void Wake() => woken.Release();

    /// <summary>How long to wait after so many tries in vain.</summary>
    public static TimeSpan Pause(int attempts) => TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << (2 * Math.Min(attempts - 1, 12)), LongestPause.Ticks));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await RoundAsync(stoppingToken) > 0) { }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "Messages could not be taken out; trying again in {Seconds} s", LooksEvery.TotalSeconds);
            }
            using var alarm = new CancellationTokenSource(LooksEvery, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, stoppingToken);
            await woken.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public override void Dispose()
    {
        woken.Dispose();
        base.Dispose();
    }

    private async Task<int> RoundAsync(CancellationToken cancellation)
    {
        var due = await store.ClaimAsync(clock.GetUtcNow(), Lease, AtOnce, cancellation);
        foreach (var message in due.GroupBy(delivery => delivery.Bundle ?? delivery.Id)) await TakeAsync([.. message.OrderBy(delivery => delivery.Id, StringComparer.Ordinal)], cancellation);
        return due.Count;
    }

    private async Task TakeAsync(IReadOnlyList<Delivery> message, CancellationToken cancellation)
    {
        var ids = message.Select(delivery => delivery.Id).ToList();
        try
        {
            if (message[0].Channel == Channel.Mail) await MailAsync(message, cancellation);
            else foreach (var line in message) await ChatAsync(line, cancellation);
            await store.SentAsync(ids, cancellation);
        }
        catch (Exception e) when (e is MailRefusedException or HttpRequestException)
        {
            var attempts = message.Max(delivery => delivery.Attempts);
            var hopeless = e is MailRefusedException { Forever: true } || attempts >= MaxAttempts;
            var now = clock.GetUtcNow();
            if (hopeless) logger.LogWarning("A message to {Target} was given up: {Reason}", message[0].Target, e.Message);
            await store.FailedAsync(ids, e.Message, now, hopeless ? null : now + Pause(attempts), cancellation);
        }
    }

    private async Task MailAsync(IReadOnlyList<Delivery> message, CancellationToken cancellation)
    {
        if (settings.Server is not { } server) throw new MailRefusedException("No mail server is set (FlowApps:Mail:Host).", forever: true);
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<LetterWriter>().WriteAsync(message, cancellation) is { } letter) await mailer.SendAsync(server, letter, cancellation);
    }

    private async Task ChatAsync(Delivery delivery, CancellationToken cancellation)
    {
        if (await rooms.FindAsync(delivery.Target, cancellation) is not { } found) return;
        var line = delivery.Notification;
        var page = new Uri(new Uri(configuration["FlowApps:Url"]!), line.TaskRunId is { } run ? Routes.To(Routes.Approval, line.ExecutionId, run) : Routes.To(Routes.Request, line.ExecutionId));
        using var request = new HttpRequestMessage(HttpMethod.Post, found.Address) { Content = new StringContent(ChatMessage.Of(found.Room.Shape, line, page), Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        using var answer = await http.SendAsync(request, HttpSettings.Default with { FollowRedirects = false }, cancellation);
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"{found.Address.Host} answered {(int)answer.StatusCode}.");
    }
}
