using FlowApps.Domain.Executions;
using FlowApps.Domain.Triggers;

namespace FlowApps.Survival.Server.Plants;

/// <summary>A tick is written whatever another scheduler did to its row since it was read, as where no version and no unique key stands in the way.</summary>
internal sealed class TicksWithoutVersion(IExecutionStore store, ITriggerStore triggers) : Around(store)
{
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(100);

    public override async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellation)
    {
        if (commit.Triggers.Count == 0 || commit.Appends.Count == 0) return await Store.CommitAsync(commit, cancellation);
        await Task.Delay(OnItsWay, cancellation);
        while (true)
        {
            var moved = new List<(TriggerState, long)>();
            foreach (var (state, read) in commit.Triggers) moved.Add((state, await triggers.LoadAsync(state.Key, cancellation) is (_, var now) ? now : read));
            if (await Store.CommitAsync(commit with { Triggers = moved }, cancellation) is var outcome && outcome != CommitOutcome.Conflict) return outcome;
        }
    }
}
