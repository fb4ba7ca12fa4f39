using FlowApps.Domain.Executions;

namespace FlowApps.Runtime.Executions;

/// <summary>Executions as last committed: from memory when hot, else from the store.</summary>
internal sealed class ExecutionReader(IExecutionStore store, HotExecutions hot)
{
    public async ValueTask<LiveExecution?> FindAsync(string id, CancellationToken cancellation)
    {
        if (hot.Find(id) is { } known) return known;
        if (await store.LoadAsync(id, cancellation) is not { } stored) return null;
        var live = LiveExecution.From(stored);
        hot.Offer(live);
        return live;
    }

    public void Offer(LiveExecution execution) => hot.Offer(execution);

    public void Drop(string id) => hot.Drop(id);
}
