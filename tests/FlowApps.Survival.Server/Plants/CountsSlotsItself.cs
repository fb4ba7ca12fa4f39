using System.Collections.Concurrent;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;

namespace FlowApps.Survival.Server.Plants;

/// <summary>Slots are a number that goes up and down with what this process sees, and nothing stands in the way of another process that does the same.</summary>
internal sealed class CountsSlotsItself(IExecutionStore store) : Around(store)
{
    private readonly ConcurrentDictionary<FlowId, ConcurrentDictionary<string, bool>> holders = new();

    public override async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellation)
    {
        var outcome = await Store.CommitAsync(commit with { Documents = [.. commit.Documents.Where(write => write.Kind != "slots")] }, cancellation);
        if (outcome != CommitOutcome.Done) return outcome;
        foreach (var append in commit.Appends)
        {
            var flow = holders.GetOrAdd(append.State.Flow, _ => new ConcurrentDictionary<string, bool>(StringComparer.Ordinal));
            if (append.State.State.Current is State.Running or State.Paused) flow[append.ExecutionId] = true;
            else flow.TryRemove(append.ExecutionId, out _);
        }
        return outcome;
    }

    public override Task<int> CountAsync(FlowId flow, IReadOnlyList<State> states, CancellationToken cancellation) => Task.FromResult(holders.TryGetValue(flow, out var held) ? held.Count : 0);
}
