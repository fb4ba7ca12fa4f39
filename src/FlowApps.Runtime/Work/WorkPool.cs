using System.Collections.Concurrent;
using System.Threading.Channels;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Runtime.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowApps.Runtime.Work;

/// <summary>
/// The workers of this process: a bounded number of attempts at once, fed by a channel for work committed here and by claims for the rest. What is in hand
/// carries a lease that is renewed until it is done; a lost lease interrupts the attempt.
/// </summary>
internal sealed class WorkPool(IWorkQueue queue, RuntimeOptions options, NodeIdentity node, TimeProvider clock, ILogger<WorkPool> logger) : IAsyncDisposable
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(2);
    private readonly Channel<WorkItem> ready = Channel.CreateUnbounded<WorkItem>();
    private readonly Channel<bool> claims = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, WorkInHand> inHand = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stop = new();
    private readonly int backlog = Math.Max(options.WorkerThreads * 4, 256);
    private readonly IReadOnlyList<string?> groups = [null, .. options.WorkerGroups];
    private List<Task> running = [];
    private bool draining;
    private bool moreWaits;

    public int InHand => inHand.Count;

    /// <summary>The lease to take in the commit that makes a work item, or null when another process or a later claim shall take it.</summary>
    public (string Owner, DateTimeOffset Until)? Lease(string? group) =>
        running.Count > 0 && !draining && inHand.Count < backlog && groups.Contains(group) ? (node.Owner, clock.GetUtcNow() + options.Lease) : null;

    public void Start(Func<WorkItem, CancellationToken, Task> work)
    {
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, options.WorkerThreads + 4), ports);
        running = [ClaimAsync(stop.Token), RenewAsync(stop.Token), .. Enumerable.Range(0, options.WorkerThreads).Select(_ => ConsumeAsync(work, stop.Token))];
    }

    /// <summary>Takes items whose lease this process already holds.</summary>
    public void Give(IReadOnlyList<WorkItem> items)
    {
        foreach (var item in items)
            if (item.Owner == node.Owner && inHand.TryAdd(item.Id, new WorkInHand(item, CancellationTokenSource.CreateLinkedTokenSource(stop.Token)))) ready.Writer.TryWrite(item);
            else if (item.Owner is null) Wake();
    }

    /// <summary>There is work to claim.</summary>
    public void Wake() => claims.Writer.TryWrite(true);

    /// <summary>Interrupts the attempts of these task runs.</summary>
    public void Cancel(IReadOnlyCollection<string> taskRunIds)
    {
        foreach (var hand in inHand.Values)
            if (taskRunIds.Contains(hand.Item.TaskRunId)) hand.Interrupt();
    }

    /// <summary>Takes nothing new and lets what runs come to its end, for at most <paramref name="patience"/>; then interrupts. Rows of what was interrupted are handed out again.</summary>
    public async Task DrainAsync(TimeSpan patience)
    {
        draining = true;
        using var limit = new CancellationTokenSource(patience, clock);
        while (!inHand.IsEmpty && !limit.IsCancellationRequested) await Task.WhenAny([.. inHand.Values.Select(hand => hand.Done.Task), Task.Delay(patience, clock, limit.Token)]);
    }

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested) return;
        draining = true;
        await stop.CancelAsync();
        ready.Writer.TryComplete();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ConsumeAsync(Func<WorkItem, CancellationToken, Task> work, CancellationToken cancellation)
    {
        await foreach (var item in ready.Reader.ReadAllAsync(cancellation))
        {
            if (!inHand.TryGetValue(item.Id, out var hand)) continue;
            try
            {
                await work(item, hand.Cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogError(e, "Work {Kind} of task run {TaskRun} (execution {Execution}) was given up; its lease will run out and it is handed out again.", item.Kind, item.TaskRunId, item.ExecutionId);
            }
            catch (OperationCanceledException)
            {
                // Interrupted or stopping: the row is gone already, or is handed out again.
            }
            inHand.TryRemove(item.Id, out _);
            hand.Dispose();
            if (moreWaits && inHand.Count < backlog / 2) Wake();
        }
    }

    private async Task ClaimAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var room = draining ? 0 : backlog - inHand.Count;
                var items = room > 0 ? await queue.ClaimAsync(node.Owner, groups, room, options.Lease, [.. inHand.Keys], cancellation) : [];
                if (items.Count > 0) Fault.Point("work-claimed");
                moreWaits = room <= 0 || items.Count == room;
                Give(items);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "Work could not be claimed; trying again.");
            }
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(claims.Reader.WaitToReadAsync(pause.Token).AsTask(), Task.Delay(SafetyNet, clock, pause.Token));
            await pause.CancelAsync();
            claims.Reader.TryRead(out _);
        }
    }

    private async Task RenewAsync(CancellationToken cancellation)
    {
        using var ticks = new PeriodicTimer(options.Lease / 3, clock);
        while (await ticks.WaitForNextTickAsync(cancellation))
        {
            try
            {
                var held = inHand.Keys.ToList();
                if (held.Count == 0) continue;
                Fault.Point("leases-before-renewal");
                var still = await queue.RenewAsync(node.Owner, held, options.Lease, cancellation);
                foreach (var id in held)
                    if (!still.Contains(id) && inHand.TryGetValue(id, out var hand)) hand.Interrupt();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "Leases could not be renewed; trying again.");
            }
        }
    }
}
