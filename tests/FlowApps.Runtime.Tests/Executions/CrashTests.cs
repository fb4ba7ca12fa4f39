using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;

namespace FlowApps.Runtime.Tests.Executions;

/// <summary>A runtime that is dropped without stopping, and another one on the same data.</summary>
public sealed class CrashTests
{
    private const string Nap = """
        id: nap
        namespace: crash
        tasks:
          - id: sleep
            type: io.kestra.plugin.core.flow.Sleep
            duration: PT1S
          - id: after
            type: io.kestra.plugin.core.log.Log
            message: awake
        """;

    [Fact]
    public async Task Timers_ring_after_a_restart()
    {
        using var data = new DataFolder();
        string id;
        await using (var first = await RuntimeHost.StartAsync(data.Path))
        {
            id = (await first.StartAsync(await first.SaveAsync(Nap))).Id;
        }
        await using var second = await RuntimeHost.StartAsync(data.Path);
        Assert.Equal(State.Success, (await second.EndAsync(id)).State.Current);
    }

    [Fact]
    public async Task Work_of_a_dead_boot_is_handed_out_again_with_the_same_attempt()
    {
        using var data = new DataFolder();
        await using var first = await RuntimeHost.StartAsync(data.Path);
        var flow = await first.SaveAsync("""
            id: work
            namespace: crash
            tasks:
              - id: script
                type: io.kestra.plugin.scripts.shell.Commands
                taskRunner:
                  type: io.kestra.plugin.core.runner.Process
                commands:
                  - test -f /tmp/never || sleep 2
            """);
        var started = await first.StartAsync(flow);
        await first.CutOffWorkersAsync();
        await using var second = await RuntimeHost.StartAsync(data.Path);
        var ended = await second.EndAsync(started.Id);
        Assert.Equal(State.Success, ended.State.Current);
        Assert.Single(ended.TaskRuns.First().Attempts);
    }

    [Fact]
    public async Task Execution_that_lost_its_work_row_is_found_and_goes_on()
    {
        using var data = new DataFolder();
        await using var first = await RuntimeHost.StartAsync(data.Path);
        var flow = await first.SaveAsync("""
            id: lost
            namespace: crash
            tasks:
              - id: get
                type: io.kestra.plugin.scripts.shell.Commands
                taskRunner:
                  type: io.kestra.plugin.core.runner.Process
                commands:
                  - sleep 1
            """);
        var started = await first.StartAsync(flow);
        await first.CutOffWorkersAsync();
        await first.Get<IExecutionStore>().CommitAsync(new Commit { CancelWork = [started.TaskRuns.First().Id] }, CancellationToken.None);
        await using var second = await RuntimeHost.StartAsync(data.Path);
        Assert.Equal(State.Success, (await second.EndAsync(started.Id)).State.Current);
    }

    [Fact]
    public async Task State_folded_from_the_stored_events_is_the_live_state()
    {
        using var data = new DataFolder();
        await using var host = await RuntimeHost.StartAsync(data.Path);
        var flow = await host.SaveAsync("""
            id: loop
            namespace: crash
            tasks:
              - id: each
                type: io.kestra.plugin.core.flow.ForEach
                values: [a, b, c]
                tasks:
                  - id: say
                    type: io.kestra.plugin.core.debug.Return
                    format: "{{ taskrun.value }}"
            """);
        var live = await host.RunAsync(flow);
        var events = await host.Get<IExecutionStore>().EventsAsync(live.Id, 0, 1000, CancellationToken.None);
        Execution? folded = null;
        foreach (var happened in events) folded = Evolution.Apply(folded, happened);
        Assert.Equal(Data.Write(Plain(live)), Data.Write(Plain(folded!)));
    }

    private static object? Plain(Execution execution) => Data.Parse(System.Text.Json.JsonSerializer.Serialize(execution, Data.Json));
}
