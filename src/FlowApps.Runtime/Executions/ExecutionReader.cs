using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;

namespace FlowApps.Runtime.Executions;

/// <summary>
/// Executions as last committed: from memory when hot, else from the store. Memory may be behind what another process has just committed. Decisions need not care (their commit
/// expects the version they were made of), readers and workers ask for as much certainty as they need. Errors of all of them: RefusedException Quarantined when what is stored is damaged.
/// </summary>
internal sealed class ExecutionReader(IExecutionStore store, HotExecutions hot, Quarantine quarantine) : IDisposable
{
    /// <summary>Thousands that wait for cold executions take turns, so that commits and other readers still find a connection.</summary>
    private readonly SemaphoreSlim loads = new(16);

    /// <summary>Whether other processes are heard. While they are not, memory is for decisions only.</summary>
    public bool IsHearing { get; private set; }

    /// <summary>For whoever notices when it is out of date.</summary>
    public async ValueTask<LiveExecution?> FindAsync(string id, CancellationToken cancellation) => hot.Find(id) ?? await LoadAsync(id, cancellation);

    /// <summary>For readers: behind by no more than the way of the news between processes.</summary>
    public ValueTask<LiveExecution?> NewestAsync(string id, CancellationToken cancellation) => IsHearing ? FindAsync(id, cancellation) : CertainAsync(id, cancellation);

    /// <summary>No older than this moment.</summary>
    public async ValueTask<LiveExecution?> CertainAsync(string id, CancellationToken cancellation)
    {
        if (hot.Find(id) is { } known)
        {
            if (await store.VersionAsync(id, cancellation) == known.Version) return known;
            hot.Drop(id);
        }
        return await LoadAsync(id, cancellation);
    }

    /// <summary>As <see cref="CertainAsync"/>; what cannot be read is told apart from what is not there.</summary>
    public async ValueTask<(LiveExecution? Live, bool IsReadable)> TryCertainAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return (await CertainAsync(id, cancellation), true);
        }
        catch (RefusedException e) when (e.Kind == RefusalKind.Quarantined)
        {
            return (null, false);
        }
    }

    /// <summary>Whether nobody has moved it since.</summary>
    public async ValueTask<bool> IsNewestAsync(LiveExecution execution, CancellationToken cancellation) =>
        await store.VersionAsync(execution.State.Id, cancellation) == execution.Version;

    public void Hear(bool hearing)
    {
        if (!hearing) hot.Clear();
        IsHearing = hearing;
    }

    public void Outdate(string id, long version) => hot.Outdate(id, version);

    private async ValueTask<LiveExecution?> LoadAsync(string id, CancellationToken cancellation)
    {
        await loads.WaitAsync(cancellation);
        try
        {
            if (hot.Find(id) is { } loaded) return loaded;
            if (await store.LoadAsync(id, cancellation) is not { } stored) return null;
            var live = LiveExecution.From(id, stored);
            hot.Offer(live);
            quarantine.Release(id);
            return live;
        }
        catch (RefusedException e) when (e.Kind == RefusalKind.Quarantined)
        {
            quarantine.Put(id, e);
            throw;
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
