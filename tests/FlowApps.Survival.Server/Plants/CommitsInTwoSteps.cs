using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;

namespace FlowApps.Survival.Server.Plants;

/// <summary>What belongs together is written in two transactions, and a process can die between them.</summary>
internal sealed class CommitsInTwoSteps(IExecutionStore store, Func<Commit, Commit> first, Func<Commit, Commit> second, Func<Commit, bool> splits) : Around(store)
{
    public override async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellation)
    {
        if (!splits(commit)) return await Store.CommitAsync(commit, cancellation);
        var outcome = await Store.CommitAsync(first(commit), cancellation);
        if (outcome != CommitOutcome.Done) return outcome;
        Fault.Point("planted-between-two-commits");
        return await Store.CommitAsync(second(commit), cancellation);
    }
}
