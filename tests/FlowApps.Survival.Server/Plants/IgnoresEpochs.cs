using FlowApps.Domain.Executions;

namespace FlowApps.Survival.Server.Plants;

/// <summary>Whoever reports is believed, though the work was handed to somebody else since: the item is removed by its run, whatever its epoch.</summary>
internal sealed class IgnoresEpochs(IExecutionStore store) : Around(store)
{
    public override Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellation) => commit.FinishWork.Count == 0
        ? Store.CommitAsync(commit, cancellation)
        : Store.CommitAsync(commit with { FinishWork = [], CancelWork = [.. commit.CancelWork, .. RunsOf(commit)] }, cancellation);

    private static IEnumerable<string> RunsOf(Commit commit) => commit.Appends.SelectMany(append => append.State.TaskRuns.Where(run => run.State.Current.IsTerminal).Select(run => run.Id));
}
