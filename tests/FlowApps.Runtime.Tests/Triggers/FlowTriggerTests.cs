using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Tests.Triggers;

[Collection(SharedRuntime.Name)]
public sealed class FlowTriggerTests(RuntimeFixture fixture)
{
    private readonly RuntimeHost host = fixture.Host;

    [Fact]
    public async Task Flow_trigger_starts_in_the_same_commit_with_the_outputs_of_its_upstream()
    {
        var upstream = await host.SaveAsync("""
            id: up
            namespace: trigger.flow
            tasks:
              - id: r
                type: io.kestra.plugin.core.debug.Return
                format: "7"
            outputs:
              - id: n
                type: INT
                value: "{{ outputs.r.value }}"
            """);
        var down = await host.SaveAsync("""
            id: down
            namespace: trigger.flow
            inputs:
              - id: n
                type: INT
            tasks:
              - id: show
                type: io.kestra.plugin.core.debug.Return
                format: "{{ inputs.n * 6 }}"
            triggers:
              - id: listen
                type: io.kestra.plugin.core.trigger.Flow
                inputs:
                  n: "{{ trigger.outputs.n }}"
                conditions:
                  - type: io.kestra.plugin.core.condition.ExecutionFlow
                    namespace: trigger.flow
                    flowId: up
            """);
        var first = await host.RunAsync(upstream);
        var started = await host.Get<IExecutionStore>().SearchAsync(new ExecutionQuery { Namespace = down.Namespace, FlowId = down.Id }, new PageRequest(), CancellationToken.None);
        var execution = (await host.Executions.FindAsync(Assert.Single(started.Results).Id, CancellationToken.None))!.Value.Execution;
        Assert.Equal(State.Success, execution.State.Current);
        Assert.Equal("42", execution.TaskRuns.First().Outputs!["value"]);
        Assert.Equal(first.Id, execution.Labels.First(label => label.Key == "system.correlationId").Value);
    }

    [Fact]
    public async Task Preconditions_wait_for_all_flows()
    {
        foreach (var id in new[] { "a", "b" })
            await host.SaveAsync($$"""
                id: {{id}}
                namespace: trigger.pre
                tasks:
                  - id: log
                    type: io.kestra.plugin.core.log.Log
                    message: hi
                """);
        var down = await host.SaveAsync("""
            id: both
            namespace: trigger.pre
            tasks:
              - id: log
                type: io.kestra.plugin.core.log.Log
                message: both
            triggers:
              - id: wait
                type: io.kestra.plugin.core.trigger.Flow
                preconditions:
                  id: ready
                  flows:
                    - namespace: trigger.pre
                      flowId: a
                    - namespace: trigger.pre
                      flowId: b
            """);
        await host.RunAsync(new FlowId("trigger.pre", "a"));
        await host.RunAsync(new FlowId("trigger.pre", "a"));
        Assert.Equal(0, await host.CountAsync(down));
        await host.RunAsync(new FlowId("trigger.pre", "b"));
        Assert.Equal(1, await host.CountAsync(down));
    }

    [Fact]
    public async Task Dependencies_start_one_execution_that_sees_the_outputs_of_each_flow()
    {
        foreach (var id in new[] { "north", "south" })
            await host.SaveAsync($$$"""
                id: {{{id}}}
                namespace: trigger.depends
                tasks: [{id: r, type: io.kestra.plugin.core.debug.Return, format: "from {{{id}}}"}]
                outputs: [{id: said, type: STRING, value: "{{ outputs.r.value }}"}]
                """);
        var down = await host.SaveAsync("""
            id: both
            namespace: trigger.depends
            inputs: [{id: said, type: STRING}]
            tasks: [{id: show, type: io.kestra.plugin.core.debug.Return, format: "{{ inputs.said }}"}]
            triggers:
              - id: wait
                type: io.kestra.plugin.core.trigger.Flow
                dependsOn: [{flowId: north, namespace: trigger.depends}, {flowId: south, namespace: trigger.depends, states: [SUCCESS]}]
                window: {lookback: P1D}
                inputs: {said: "{{ trigger.outputs.north.said }} and {{ trigger.outputs.south.said }}"}
            """);
        await host.RunAsync(new FlowId("trigger.depends", "south"));
        Assert.Equal(0, await host.CountAsync(down));
        await host.RunAsync(new FlowId("trigger.depends", "north"));
        var started = await host.Get<IExecutionStore>().SearchAsync(new ExecutionQuery { Namespace = down.Namespace, FlowId = down.Id }, new PageRequest(), CancellationToken.None);
        Assert.Equal("from north and from south", (await host.EndAsync(Assert.Single(started.Results).Id)).TaskRuns.First().Outputs!["value"]);
    }

    [Fact]
    public async Task A_missed_window_is_a_failed_execution_with_the_labels_of_on_miss()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var news = host.Executions.WatchAsync(null, limit.Token);
        var flow = await host.SaveAsync("""
            id: late
            namespace: trigger.miss
            tasks: [{id: show, type: io.kestra.plugin.core.log.Log, message: never}]
            triggers:
              - id: wait
                type: io.kestra.plugin.core.trigger.Flow
                dependsOn: [{flowId: nobody}]
                window: {every: PT1S}
                onMiss: {behavior: FAIL, labels: {sla: miss}}
            """);
        await foreach (var item in news)
        {
            if (item.Flow != flow) continue;
            var execution = (await host.Executions.FindAsync(item.ExecutionId, limit.Token))!.Value.Execution;
            Assert.Equal(State.Failed, execution.State.Current);
            Assert.Contains(new Label("sla", "miss"), execution.Labels);
            break;
        }
        await host.Flows.DeleteAsync(flow, null, limit.Token);
    }
}
