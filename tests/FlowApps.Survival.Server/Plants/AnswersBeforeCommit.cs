using FlowApps.Domain.Executions;

namespace FlowApps.Survival.Server.Plants;

/// <summary>A new execution is confirmed while it is still on its way to the disk.</summary>
internal sealed class AnswersBeforeCommit(IExecutionStore store) : Around(store)
{
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(300);

    public override async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellation)
    {
        if (commit.Inbox.Count == 0 || !commit.Appends.Any(append => append.ExpectedVersion == 0)) return await Store.CommitAsync(commit, cancellation);
        _ = Task.Run(async () =>
        {
            await Task.Delay(OnItsWay);
            await Store.CommitAsync(commit, CancellationToken.None);
        }, CancellationToken.None);
        return CommitOutcome.Done;
    }
}
