using System.Collections.Concurrent;
using FlowApps.Domain.Executions;
using FlowApps.Runtime.Executions;

namespace FlowApps.Runtime.Tests.Executions;

/// <summary>Turns at two processes that ask for the last slot of a flow, taken step by step.</summary>
public sealed class SlotRaceTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_slot_that_was_counted_free_is_not_believed_when_another_had_it_meanwhile()
    {
        using var data = new DataFolder();
        await using var here = await RuntimeHost.StartAsync(data.Path);
        await using var there = await RuntimeHost.StartAsync(data.Path, ("FlowApps:Node", "there"));
        var flow = await here.SaveAsync("""
            id: last-slot
            namespace: slots
            concurrency: {limit: 1}
            tasks:
              - {id: wait, type: core.flow.Pause}
            """);
        var still = new ConcurrentDictionary<string, bool>();
        foreach (var host in new[] { here, there }) Still(host, still);
        var first = await here.StartAsync(flow);
        var (second, third) = (await here.StartAsync(flow), await here.StartAsync(flow));
        Assert.Equal((State.Paused, State.Queued, State.Queued), (first.State.Current, second.State.Current, third.State.Current));
        still[second.Id] = still[third.Id] = true;
        await here.Executions.KillAsync(first.Id, true, Asker.System, None);
        await here.EndAsync(first.Id);

        using (var turn = new Turn(here.Get<TurnTools>(), None))
        {
            var subject = await JoinAsync(here, turn, second.Id);
            await turn.DecideAsync(subject, Offer);
            Assert.Equal(CommitOutcome.Done, await GrantAsync(there, third.Id));
            still.TryRemove(third.Id, out _);
            await there.Executions.KillAsync(third.Id, true, Asker.System, None);
            await there.EndAsync(third.Id);

            // The slot is free again and offered once more, but what was decided by the first count began while the third one held it.
            await turn.DecideAsync(subject, Offer);
            Assert.Equal(CommitOutcome.Conflict, await here.Get<IExecutionStore>().CommitAsync(turn.ToCommit(), None));
        }
        Assert.Equal(CommitOutcome.Done, await GrantAsync(here, second.Id));
    }

    private static Errand Offer => new(new GrantSlot()) { IfSlotFree = true };

    private static async Task<CommitOutcome> GrantAsync(RuntimeHost host, string id)
    {
        using var turn = new Turn(host.Get<TurnTools>(), None);
        await turn.DecideAsync(await JoinAsync(host, turn, id), Offer);
        return await host.Get<IExecutionStore>().CommitAsync(turn.ToCommit(), None);
    }

    private static async Task<Subject> JoinAsync(RuntimeHost host, Turn turn, string id)
    {
        var live = (await host.Get<ExecutionReader>().CertainAsync(id, None))!;
        var subject = new Subject(await host.Get<TurnTools>().Flows.OfAsync(live.State, None), live);
        turn.Join(subject);
        return subject;
    }

    /// <summary>Nobody but the test takes turns of these executions.</summary>
    private static void Still(RuntimeHost host, ConcurrentDictionary<string, bool> ids)
    {
        var post = host.Get<ExecutionPost>();
        var take = post.Turn;
        post.Turn = (id, errands) => ids.ContainsKey(id) ? Task.CompletedTask : take(id, errands);
    }
}
