using FlowApps.Domain.Executions;

namespace FlowApps.Survival.Server.Plants;

/// <summary>A tick's row is written whatever another scheduler did to it meanwhile.</summary>
internal sealed class TicksWithoutVersion(IExecutionStore store) : Around(store)
{
    public override Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellation) => commit.Triggers.Count == 0 || commit.Appends.Count == 0
        ? Store.CommitAsync(commit, cancellation)
        : Store.CommitAsync(commit with { Triggers = [.. commit.Triggers.Select(trigger => (trigger.State, -1L))] }, cancellation);
}
