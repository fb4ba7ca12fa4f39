using FlowApps.Domain.Notifications;

namespace FlowApps.Runtime.Notifications;

/// <summary>A bell that remembers one ring for a listener who is busy.</summary>
internal sealed class NoticeBell(TimeProvider clock) : INoticeBell, IDisposable
{
    private readonly SemaphoreSlim rings = new(0, 1);
    private readonly Lock gate = new();

    public void Ring()
    {
        lock (gate)
            if (rings.CurrentCount == 0) rings.Release();
    }

    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        using var alarm = new CancellationTokenSource(atMost, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, cancellation);
        await rings.WaitAsync(both.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
    }

    public void Dispose() => rings.Dispose();
}
