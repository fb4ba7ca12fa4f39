using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;

namespace FlowApps.Runtime.Tests.Outside;

[Collection(SharedRuntime.Name)]
public sealed class SubflowCallTests(RuntimeFixture fixture)
{
    private readonly RuntimeHost host = fixture.Host;

    [Fact]
    public async Task The_choices_of_an_input_come_from_the_outputs_of_a_flow()
    {
        await host.SaveAsync("""
            id: ports
            namespace: calls
            inputs: [{id: sea, type: STRING}]
            tasks: [{id: list, type: io.kestra.plugin.core.debug.Return, format: '["{{ inputs.sea }}-1", "{{ inputs.sea }}-2"]'}]
            outputs: [{id: names, type: JSON, value: "{{ outputs.list.value }}"}]
            """);
        var flow = await host.SaveAsync("""
            id: asks
            namespace: calls
            inputs: [{id: port, type: SELECT, expression: "{{ subflow(namespace='calls', id='ports', inputs={'sea': 'north'}).outputs.names }}"}]
            tasks: [{id: show, type: io.kestra.plugin.core.debug.Return, format: "{{ inputs.port }}"}]
            """);
        Assert.Equal("north-2", (await host.RunAsync(flow, ("port", "north-2"))).TaskRuns.First().Outputs!["value"]);
        await Assert.ThrowsAsync<RefusedException>(() => host.StartAsync(flow, ("port", "south-1")));
    }

    [Fact]
    public async Task Flows_whose_inputs_call_each_other_are_stopped()
    {
        var flow = await host.SaveAsync("""
            id: mirror
            namespace: calls
            inputs: [{id: x, type: STRING, defaults: "{{ subflow(namespace='calls', id='mirror').id }}"}]
            tasks: [{id: a, type: io.kestra.plugin.core.log.Log, message: hi}]
            """);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => host.StartAsync(flow));
        Assert.Contains("calls itself", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_may_not_wait_for_another_flow_by_a_function_and_an_evaluation_says_what_is_wrong()
    {
        var flow = await host.SaveAsync("""
            id: waits
            namespace: calls
            tasks: [{id: show, type: io.kestra.plugin.core.debug.Return, format: "{{ subflow(namespace='calls', id='ports').id }}"}]
            """);
        var end = await host.RunAsync(flow);
        Assert.Equal(State.Failed, end.State.Current);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => host.Executions.EvaluateAsync(end.Id, null, "{{ nobody }}", CancellationToken.None));
        Assert.Equal(RefusalKind.Invalid, refused.Kind);
    }
}
