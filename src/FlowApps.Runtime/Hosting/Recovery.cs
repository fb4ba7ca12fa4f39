using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Runtime.Executions;
using FlowApps.Runtime.Flows;
using Microsoft.Extensions.Logging;
using Timer = FlowApps.Domain.Executions.Timer;

namespace FlowApps.Runtime.Hosting;

/// <summary>
/// Brings back what a crash cut short, and proves again and again that everything that waits has something to wake it: letters and timers that whoever wrote them did
/// not act on, work of processes that are gone, executions without a waker, free slots with somebody in the queue.
/// </summary>
internal sealed class Recovery(
    IPendingStore pending, IExecutionStore store, ExecutionPost post, LostWakers wakers, SlotQueue slots, FlowRegistry flows, Departed departed, TimeProvider clock, ILogger<Recovery> logger)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);
    private const int AtOnce = 1000;
    private const int GlancesBetweenOffers = 5;
    private HashSet<string> seen = new(StringComparer.Ordinal);
    private int glances;

    /// <summary>At start: everything that is left over is taken up at once.</summary>
    public async Task TakeUpAsync(CancellationToken cancellation)
    {
        foreach (var letter in await pending.LettersAsync(int.MaxValue, cancellation)) Deliver(letter);
        foreach (var id in await pending.WithoutWakerAsync(clock.GetUtcNow(), int.MaxValue, cancellation)) await WakeAsync(id, cancellation);
        await OfferSlotsAsync(cancellation);
    }

    /// <summary>Looks at what should be gone within a moment. What was there at the last glance too is taken up now, whoever wrote it.</summary>
    public async Task GlanceAsync(CancellationToken cancellation)
    {
        await departed.LookAsync(cancellation);
        var now = new HashSet<string>(StringComparer.Ordinal);
        foreach (var letter in await pending.LettersAsync(AtOnce, cancellation))
            if (Waited(letter.Id, now)) Deliver(letter);
        foreach (var timer in await pending.TimersAsync(clock.GetUtcNow() - Late, AtOnce, cancellation))
            if (Waited(timer.Id, now)) Ring(timer);
        seen = now;
        if (++glances % GlancesBetweenOffers == 0) await OfferSlotsAsync(cancellation);
    }

    /// <summary>The thorough look, which reads more.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        await flows.RefreshAsync(cancellation);
        foreach (var id in await pending.WithoutWakerAsync(clock.GetUtcNow() - Grace, AtOnce, cancellation)) await WakeAsync(id, cancellation);
    }

    private bool Waited(string id, HashSet<string> now)
    {
        now.Add(id);
        return seen.Contains(id);
    }

    private void Deliver(Letter letter)
    {
        Fault.Point("left-letter-before-delivery");
        post.Post(letter.ExecutionId, new Errand(letter.Command) { LetterId = letter.Id });
    }

    private void Ring(Timer timer) => post.Post(timer.ExecutionId, new Errand(timer.Command) { TimerId = timer.Id });

    private async Task WakeAsync(string executionId, CancellationToken cancellation)
    {
        var commands = await wakers.OfAsync(executionId, cancellation);
        if (commands.Count > 0) logger.LogWarning("Execution {Execution} had nothing to wake it; it is told again what it missed.", executionId);
        foreach (var command in commands) post.Post(executionId, new Errand(command));
    }

    private async Task OfferSlotsAsync(CancellationToken cancellation)
    {
        var queued = await store.SearchAsync(new ExecutionQuery { States = [State.Queued] }, new PageRequest(1, AtOnce, "state.startDate:asc"), cancellation);
        foreach (var flow in queued.Results.Select(execution => new Domain.Flows.FlowId(execution.Namespace, execution.FlowId)).Distinct()) await slots.OfferAsync(flow, cancellation);
    }
}
