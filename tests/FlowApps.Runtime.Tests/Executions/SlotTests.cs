using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Tests.Executions;

[Collection(SharedRuntime.Name)]
public sealed class SlotTests(RuntimeFixture fixture)
{
    private readonly RuntimeHost host = fixture.Host;

    [Fact]
    public async Task Burst_never_holds_more_slots_than_the_limit_and_all_get_their_turn()
    {
        var flow = await host.SaveAsync("""
            id: two
            namespace: slots
            concurrency:
              limit: 2
              behavior: QUEUE
            tasks:
              - id: nap
                type: io.kestra.plugin.core.flow.Sleep
                duration: PT0.05S
            """);
        var started = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => host.StartAsync(flow)));
        var ended = await Task.WhenAll(started.Select(execution => host.EndAsync(execution.Id)));
        Assert.All(ended, execution => Assert.Equal(State.Success, execution.State.Current));
        var edges = ended.SelectMany(execution => new[] { (At: Running(execution), Change: 1), (At: execution.State.EndDate!.Value, Change: -1) }).OrderBy(edge => edge.At).ThenBy(edge => edge.Change);
        var held = 0;
        foreach (var (_, change) in edges) Assert.True((held += change) <= 2);
    }

    [Fact]
    public async Task Cancel_behavior_ends_what_finds_no_slot()
    {
        var flow = await host.SaveAsync("""
            id: one
            namespace: slots
            concurrency:
              limit: 1
              behavior: CANCEL
            tasks:
              - id: wait
                type: io.kestra.plugin.core.flow.Pause
            """);
        var first = await host.StartAsync(flow);
        var second = await host.StartAsync(flow);
        Assert.Equal(State.Paused, first.State.Current);
        Assert.Equal(State.Cancelled, second.State.Current);
        await host.Executions.ResumeAsync(first.Id, null, Data.Map(), "approved", null, null, Asker.System, CancellationToken.None);
        Assert.Equal(State.Paused, (await host.StartAsync(flow)).State.Current);
    }

    private static DateTimeOffset Running(Execution execution) => execution.State.Histories.First(change => change.State == State.Running).Date;
}
