using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Runtime.Flows;
using Microsoft.Extensions.Logging;

namespace FlowApps.Runtime.Executions;

/// <summary>Hands freed slots to the executions that queue for them, oldest first. The count is taken again in the turn of the one that gets it.</summary>
internal sealed class SlotQueue
{
    private const int AtOnce = 100;
    private readonly IExecutionStore store;
    private readonly FlowRegistry flows;
    private readonly ExecutionPost post;
    private readonly Quarantine quarantine;
    private readonly ILogger<SlotQueue> logger;

    public SlotQueue(IExecutionStore store, FlowRegistry flows, ExecutionPost post, Quarantine quarantine, ILogger<SlotQueue> logger)
    {
        (this.store, this.flows, this.post, this.quarantine, this.logger) = (store, flows, post, quarantine, logger);
        // Who stood first and turns out to be damaged does not hold up those behind.
        quarantine.Added += Offer;
    }

    /// <summary>A slot of this flow may be free.</summary>
    public void Offer(FlowId flow) => _ = OfferAsync(flow, CancellationToken.None);

    public async Task OfferAsync(FlowId flow, CancellationToken cancellation)
    {
        try
        {
            var limit = (await flows.FindAsync(flow, null, cancellation))?.Concurrency?.Limit ?? AtOnce;
            var query = new ExecutionQuery { Namespace = flow.Namespace, NamespacePrefix = false, FlowId = flow.Id, States = [State.Queued] };
            var waiting = await store.SearchAsync(query, new PageRequest(1, Math.Min(limit, AtOnce) + quarantine.Count, "state.startDate:asc"), cancellation);
            Fault.Point("slot-before-offer");
            foreach (var next in waiting.Results.Where(next => !quarantine.Holds(next.Id))) post.Post(next.Id, new Errand(new GrantSlot()) { IfSlotFree = true });
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The reconciler offers again.
            logger.LogWarning(e, "A free slot of flow {Flow} could not be offered.", flow);
        }
    }
}
