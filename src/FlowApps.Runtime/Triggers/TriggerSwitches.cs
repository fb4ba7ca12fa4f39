using System.Collections.Concurrent;
using FlowApps.Domain.Triggers;

namespace FlowApps.Runtime.Triggers;

/// <summary>Whether a trigger that is called, rather than due, was switched off; remembered for a moment, so that a busy one does not ask the store each time.</summary>
internal sealed class TriggerSwitches
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(2);
    private readonly ITriggerStore store;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<TriggerKey, (bool Off, DateTimeOffset Until)> known = new();

    public TriggerSwitches(ITriggerStore store, TriggerLocks locks, TimeProvider clock)
    {
        (this.store, this.clock) = (store, clock);
        locks.Changed += key => known.TryRemove(key, out _);
    }

    public async ValueTask<bool> IsOffAsync(TriggerKey key, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(key, out var last) && last.Until > now && last.Until <= now + Memory) return last.Off;
        var off = await store.LoadAsync(key, cancellation) is { State.Disabled: true };
        known[key] = (off, now + Memory);
        return off;
    }
}
