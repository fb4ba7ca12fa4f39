using System.Threading.Channels;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Engine.Triggers;
using FlowApps.Runtime.Flows;
using FlowApps.Runtime.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowApps.Runtime.Triggers;

/// <summary>
/// Fires triggers whose row is due. Several may run at once: each moves the row from the version it read, in the same commit as the execution, so a tick happens once.
/// </summary>
internal sealed class Scheduler(
    RuntimeOptions options, ITriggerStore store, TriggerIndex index, FlowRegistry flows, TriggerRows rows, ScheduleTicks ticks, MissedWindows misses, Polls polls, Listeners listeners, TriggerLocks locks, TimeProvider clock,
    ILogger<Scheduler> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);
    private const int LooksPerProof = 30;
    private const int AtOnce = 200;
    private readonly Channel<FlowId> changed = Channel.CreateUnbounded<FlowId>();
    private readonly Channel<TriggerKey> touched = Channel.CreateUnbounded<TriggerKey>();
    private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;
    private long lastLook;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Has(NodeRole.Scheduler)) return;
        index.Changed += key => changed.Writer.TryWrite(key);
        locks.Changed += OnChanged;
        await locks.LookAsync(cancellationToken);
        await rows.TakeUpAsync(cancellationToken);
        lastLook = clock.GetTimestamp();
        running = Task.WhenAll(FireAsync(stop.Token), FollowAsync(stop.Token), ObserveAsync(stop.Token), ReconcileAsync(stop.Token));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await polls.DisposeAsync();
        await listeners.DisposeAsync();
    }

    public void Dispose() => stop.Dispose();

    /// <summary>A row may be due sooner than known, or must not be listened to any more.</summary>
    private void OnChanged(TriggerKey key)
    {
        if (listeners.Has(key)) touched.Writer.TryWrite(key);
        Wake();
    }

    private void Wake() => wakes.Writer.TryWrite(true);

    /// <summary>Beside the firing: many flows without their rows, as after an import, hold up neither the start nor what is due.</summary>
    private async Task ReconcileAsync(CancellationToken cancellation)
    {
        for (var look = 0; ; look++)
        {
            await TryAsync(() => look % LooksPerProof == 0 ? rows.ReconcileAsync(cancellation) : rows.CatchUpAsync(cancellation), "Whether every trigger has its row could not be seen; it is at the next look.");
            Wake();
            await Task.Delay(BetweenLooks, clock, cancellation);
        }
    }

    private async Task ObserveAsync(CancellationToken cancellation)
    {
        await foreach (var key in touched.Reader.ReadAllAsync(cancellation))
            await TryAsync(() => listeners.CheckAsync(key, cancellation), "Whether a trigger should still listen could not be seen; it is at the next look.");
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        while (await changed.Reader.WaitToReadAsync(cancellation))
        {
            var saved = new HashSet<FlowId>();
            while (changed.Reader.TryRead(out var key)) saved.Add(key);
            foreach (var key in saved) await listeners.EndAsync(key);
            await rows.PlanAsync(saved, cancellation);
            Wake();
        }
    }

    private async Task FireAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var pause = MaxPause;
            await TryAsync(async () => pause = await RoundAsync(cancellation), "Due triggers could not be fired; trying again.");
            if (pause <= TimeSpan.Zero) continue;
            using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(wakes.Reader.WaitToReadAsync(rest.Token).AsTask(), Task.Delay(pause, clock, rest.Token));
            await rest.CancelAsync();
            wakes.Reader.TryRead(out _);
        }
    }

    /// <summary>Fires what is due; returns how long nothing will be.</summary>
    private async Task<TimeSpan> RoundAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (clock.GetElapsedTime(lastLook) > BetweenLooks)
        {
            lastLook = clock.GetTimestamp();
            await locks.LookAsync(cancellation);
            await listeners.LookAsync(cancellation);
        }
        var due = await store.DueAsync(now, AtOnce, cancellation);
        var fired = await Task.WhenAll(due.Select(row => FireAsync(row.State, row.Version, cancellation)));
        if (due.Count == AtOnce && fired.Contains(true)) return TimeSpan.Zero;
        if (await store.NextDueAsync(cancellation) is not { } next) return MaxPause;
        var pause = next - clock.GetUtcNow();
        // A row that stays due though it was tried waits a moment, so that a stubborn one does not spin.
        return pause <= TimeSpan.Zero ? (fired.Contains(true) ? TimeSpan.Zero : TimeSpan.FromSeconds(1)) : pause < MaxPause ? pause : MaxPause;
    }

    private async Task<bool> FireAsync(TriggerState state, long version, CancellationToken cancellation)
    {
        try
        {
            var flow = await flows.FindAsync(state.Key.Flow, null, cancellation);
            if (flow?.Revision != state.FlowRevision)
            {
                // Another process may have saved the flow just now.
                await flows.RefreshAsync(cancellation);
                flow = await flows.FindAsync(state.Key.Flow, null, cancellation);
            }
            var trigger = flow?.Triggers.FirstOrDefault(candidate => candidate.Id == state.Key.TriggerId);
            if (flow is null || flow.Revision != state.FlowRevision || trigger is null) await rows.SyncAsync(state.Key.Flow, cancellation);
            else if (trigger is PollingTrigger polling) await polls.BeginAsync(flow, polling, state, version, cancellation);
            else if (trigger is RealtimeTrigger realtime) await listeners.BeginAsync(flow, realtime, state, version, cancellation);
            else if (trigger is FlowTrigger { OnMiss: not null } waiting) return await misses.LookAsync(flow, waiting, state, version, cancellation);
            else if (trigger is IScheduled scheduled) return await ticks.FireAsync(flow, trigger, scheduled, state, version, cancellation);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning(e, "The trigger {Trigger} of flow {Flow} could not be fired; trying again.", state.Key.TriggerId, state.Key.Flow);
            return false;
        }
    }

    private async Task TryAsync(Func<Task> act, string problem)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning(e, "{Problem}", problem);
        }
    }
}
