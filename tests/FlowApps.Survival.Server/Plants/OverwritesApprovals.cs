using FlowApps.Domain.Executions;

namespace FlowApps.Survival.Server.Plants;

/// <summary>A decision is written although the execution has moved on since it was looked at.</summary>
internal sealed class OverwritesApprovals(IExecutionStore store) : Around(store)
{
    public override async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellation)
    {
        var outcome = await Store.CommitAsync(commit, cancellation);
        if (outcome != CommitOutcome.Conflict || commit.CloseWaits.Count == 0) return outcome;
        var moved = new List<StreamAppend>();
        foreach (var append in commit.Appends) moved.Add(append with { ExpectedVersion = await Store.VersionAsync(append.ExecutionId, cancellation) ?? 0 });
        return await Store.CommitAsync(commit with { Appends = moved }, cancellation);
    }
}
