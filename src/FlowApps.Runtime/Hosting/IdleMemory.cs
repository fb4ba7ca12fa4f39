using FlowApps.Runtime.Executions;
using Microsoft.Extensions.Hosting;

namespace FlowApps.Runtime.Hosting;

/// <summary>
/// Gives memory back when work pauses. The runtime collects when something is allocated; a server that has nothing to do would keep for hours what its busiest minute took.
/// Nobody waits for the collection: it begins in a moment without work and takes some ten milliseconds. Executions at hand go too: what rests waits for a person or a clock, and is
/// loaded again in less than a millisecond.
/// </summary>
internal sealed class IdleMemory(HotExecutions hot, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    /// <summary>Bytes: what glances and probes of a server at rest allocate between two looks is less.</summary>
    private const long Rest = 4 << 20;

    /// <summary>Bytes allocated since the last collection that make another one worth its work.</summary>
    private const long Worthwhile = 32 << 20;

    private long seen;
    private long collectedAt;

    /// <summary>Whether to collect now. <paramref name="allocated"/>: bytes since the process began.</summary>
    internal bool Look(long allocated)
    {
        var rests = allocated - seen < Rest;
        seen = allocated;
        if (!rests || allocated - collectedAt < Worthwhile) return false;
        collectedAt = allocated;
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var looks = new PeriodicTimer(BetweenLooks, clock);
        while (await looks.WaitForNextTickAsync(stoppingToken))
            if (Look(GC.GetTotalAllocatedBytes()))
            {
                hot.Clear();
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }
    }
}
