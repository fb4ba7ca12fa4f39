using System.Collections.Concurrent;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Executions;

/// <summary>
/// Concurrency slots of flows: holders are counted from the stored states, one turn per flow at a time from the count to the end of its commit. There is no counter
/// that could leak. Among processes the turn is a document: whoever takes a slot moves it from the version that was there before the count.
/// </summary>
internal sealed class SlotKeeper(IExecutionStore store, IDocumentStore documents)
{
    private const string Kind = "slots";

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

    /// <summary>Read before the count, written with what the count allowed: of two processes that counted the same slot free, the second one's commit fails.</summary>
    public async ValueTask<DocumentWrite> TurnAsync(FlowId flow, CancellationToken cancellation)
    {
        var id = flow.ToString();
        var last = await documents.LoadAsync<SlotTurn>(Kind, id, cancellation);
        return new DocumentWrite(Kind, id, Data.Write(new SlotTurn(flow)), last?.Version ?? 0, flow.Namespace);
    }

    public static bool Frees(State from, State to) => Holding.Contains(from) && !Holding.Contains(to);

    private sealed record SlotTurn(FlowId Flow);

    private sealed class Exit(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
