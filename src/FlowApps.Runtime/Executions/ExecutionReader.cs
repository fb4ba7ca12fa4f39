using FlowApps.Domain.Executions;

namespace FlowApps.Runtime.Executions;

/// <summary>Executions as last committed: from memory when hot, else from the store.</summary>
internal sealed class ExecutionReader(IExecutionStore store, HotExecutions hot) : IDisposable
{
    /// <summary>Thousands that wait for cold executions take turns, so that commits and other readers still find a connection.</summary>
    private readonly SemaphoreSlim loads = new(16);

    public async ValueTask<LiveExecution?> FindAsync(string id, CancellationToken cancellation)
    {
        if (hot.Find(id) is { } known) return known;
        await loads.WaitAsync(cancellation);
        try
        {
            if (hot.Find(id) is { } loaded) return loaded;
            if (await store.LoadAsync(id, cancellation) is not { } stored) return null;
            var live = LiveExecution.From(stored);
            hot.Offer(live);
            return live;
        }
        finally
        {
            loads.Release();
        }
    }

    public void Offer(LiveExecution execution) => hot.Offer(execution);

    public void Drop(string id) => hot.Drop(id);

    public void Dispose() => loads.Dispose();
}
