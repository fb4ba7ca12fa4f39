using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using FlowApps.Runtime.Executions;
using FlowApps.Runtime.Flows;
using Microsoft.Extensions.Logging;
using Timer = FlowApps.Domain.Executions.Timer;

namespace FlowApps.Runtime.Hosting;

/// <summary>
/// Brings back what a crash cut short, and proves again and again that everything that waits has something to wake it: letters and timers nobody acted on,
/// executions without a waker, free slots with somebody in the queue.
/// </summary>
internal sealed class Recovery(
    IPendingStore pending, IExecutionStore store, ExecutionPost post, LostWakers wakers, SlotQueue slots, FlowRegistry flows, TimeProvider clock, ILogger<Recovery> logger)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);
    private const int AtOnce = 1000;
    private HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>At start: everything that is left over is taken up at once.</summary>
    public async Task TakeUpAsync(CancellationToken cancellation)
    {
        foreach (var letter in await pending.LettersAsync(int.MaxValue, cancellation)) Deliver(letter);
        foreach (var id in await pending.WithoutWakerAsync(clock.GetUtcNow(), int.MaxValue, cancellation)) await WakeAsync(id, cancellation);
        await OfferSlotsAsync(cancellation);
    }

    /// <summary>One look at the store. What was already waiting at the last look, though it should have been acted on, is taken up now.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        await flows.RefreshAsync(cancellation);
        var now = new HashSet<string>(StringComparer.Ordinal);
        foreach (var letter in await pending.LettersAsync(AtOnce, cancellation))
            if (Waited(letter.Id, now)) Deliver(letter);
        foreach (var timer in await pending.TimersAsync(clock.GetUtcNow() - Grace, AtOnce, cancellation))
            if (Waited(timer.Id, now)) Ring(timer);
        seen = now;
        foreach (var id in await pending.WithoutWakerAsync(clock.GetUtcNow() - Grace, AtOnce, cancellation)) await WakeAsync(id, cancellation);
        await OfferSlotsAsync(cancellation);
    }

    private bool Waited(string id, HashSet<string> now)
    {
        now.Add(id);
        return seen.Contains(id);
    }

    private void Deliver(Letter letter) => post.Post(letter.ExecutionId, new Errand(letter.Command) { LetterId = letter.Id });

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
