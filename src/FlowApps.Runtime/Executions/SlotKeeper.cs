using System.Collections.Concurrent;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;

namespace FlowApps.Runtime.Executions;

/// <summary>
/// Concurrency slots of flows: holders are counted from the stored states, one turn per flow at a time from the count to the end of its commit. There is no counter
/// that could leak.
/// </summary>
internal sealed class SlotKeeper(IExecutionStore store)
{
    /// <summary>States that hold a slot: everything that has begun and is not over.</summary>
    private static readonly State[] Holding = [State.Running, State.Paused, State.Restarted, State.Killing, State.Retrying, State.Breakpoint];
    private readonly ConcurrentDictionary<FlowId, SemaphoreSlim> gates = new();

    /// <summary>Held until disposed, after the commit.</summary>
    public async ValueTask<IDisposable> EnterAsync(FlowId flow, CancellationToken cancellation)
    {
        var gate = gates.GetOrAdd(flow, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellation);
        return new Exit(gate);
    }

    /// <summary>How many others hold a slot.</summary>
    public async ValueTask<int> CountAsync(FlowId flow, Execution? self, CancellationToken cancellation)
    {
        var count = await store.CountAsync(flow, Holding, cancellation);
        return self is not null && Holding.Contains(self.State.Current) ? count - 1 : count;
    }

    public static bool Frees(State from, State to) => Holding.Contains(from) && !Holding.Contains(to);

    private sealed class Exit(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
