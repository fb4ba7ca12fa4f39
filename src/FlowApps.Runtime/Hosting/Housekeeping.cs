using FlowApps.Domain.Files;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Notifications;
using FlowApps.Domain.Values;
using Microsoft.Extensions.Logging;

namespace FlowApps.Runtime.Hosting;

/// <summary>
/// Removes what has expired: documents (sessions, drafts, keys), key-value entries, what people were told long ago, and files whose writer died. Readers never see them anyway;
/// this frees the space.
/// </summary>
internal sealed class Housekeeping(IDocumentStore documents, IKvStore kv, INotificationStore notifications, IFileStore files, TimeProvider clock, ILogger<Housekeeping> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>How long people find in their centre what they were told.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromDays(90);

    /// <summary>No put takes so long without a byte.</summary>
    private static readonly TimeSpan Unwritten = TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var ticks = new PeriodicTimer(Every, clock);
        while (await ticks.WaitForNextTickAsync(cancellation))
        {
            try
            {
                await documents.PurgeExpiredAsync(null, cancellation);
                await kv.PurgeExpiredAsync(null, cancellation);
                await notifications.PurgeAsync(clock.GetUtcNow() - Told, cancellation);
                await files.PurgeHalfWrittenAsync(clock.GetUtcNow() - Unwritten, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "What has expired could not be removed; trying again later.");
            }
        }
    }
}
