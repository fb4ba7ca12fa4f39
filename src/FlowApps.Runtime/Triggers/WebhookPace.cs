using System.Collections.Concurrent;
using FlowApps.Domain.Triggers;
using FlowApps.Engine.Triggers;

namespace FlowApps.Runtime.Triggers;

/// <summary>Counts the calls that each webhook took in this process: the times of the last ones, no more than its limit.</summary>
internal sealed class WebhookPace(TimeProvider clock)
{
    private readonly ConcurrentDictionary<TriggerKey, Queue<DateTimeOffset>> taken = new();

    /// <summary>False when the limit is used up.</summary>
    public bool Take(TriggerKey key, WebhookLimit limit)
    {
        var times = taken.GetOrAdd(key, _ => new Queue<DateTimeOffset>());
        var now = clock.GetUtcNow();
        lock (times)
        {
            while (times.TryPeek(out var first) && now - first >= limit.Window) times.Dequeue();
            if (times.Count >= limit.Calls) return false;
            times.Enqueue(now);
            return true;
        }
    }
}
