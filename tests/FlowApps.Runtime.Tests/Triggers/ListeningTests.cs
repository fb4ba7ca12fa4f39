using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Tests.Triggers;

[Collection(SharedRuntime.Name)]
public sealed class ListeningTests(RuntimeFixture fixture)
{
    private readonly RuntimeHost host = fixture.Host;

    [Fact]
    public async Task Polling_trigger_starts_one_execution_for_what_it_finds()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        BoxTrigger.Box.Writer.TryWrite(7);
        var news = host.Executions.WatchAsync(null, limit.Token);
        var flow = await host.SaveAsync("""
            id: poll
            namespace: trigger.poll
            tasks:
              - id: show
                type: io.kestra.plugin.core.debug.Return
                format: "{{ trigger.number }}"
            triggers:
              - id: box
                type: test.Box
                interval: PT0.1S
            """);
        Assert.Equal("7", await host.FirstOutputAsync(news, flow, limit.Token));
        var again = host.Executions.WatchAsync(null, limit.Token);
        BoxTrigger.Box.Writer.TryWrite(8);
        Assert.Equal("8", await host.FirstOutputAsync(again, flow, limit.Token));
        Assert.Equal(2, await host.CountAsync(flow));
        await host.Flows.DeleteAsync(flow, null, limit.Token);
    }

    [Fact]
    public async Task Polling_trigger_starts_nothing_for_what_its_conditions_do_not_want()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        BoxTrigger.Box.Writer.TryWrite(1);
        BoxTrigger.Box.Writer.TryWrite(2);
        var news = host.Executions.WatchAsync(null, limit.Token);
        var flow = await host.SaveAsync("""
            id: choosy
            namespace: trigger.choosy
            tasks: [{id: show, type: io.kestra.plugin.core.debug.Return, format: "{{ trigger.number }}"}]
            triggers: [{id: box, type: test.Box, interval: PT0.1S, when: "{{ trigger.number == 2 }}"}]
            """);
        Assert.Equal("2", await host.FirstOutputAsync(news, flow, limit.Token));
        Assert.Equal(1, await host.CountAsync(flow));
        await host.Flows.DeleteAsync(flow, null, limit.Token);
    }

    [Fact]
    public async Task Realtime_trigger_acknowledges_after_the_execution_is_stored()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var flow = await host.SaveAsync("""
            id: stream
            namespace: trigger.stream
            tasks:
              - id: show
                type: io.kestra.plugin.core.debug.Return
                format: "{{ trigger.number }}"
            triggers:
              - id: line
                type: test.Stream
            """);
        for (var number = 1; number <= 20; number++)
        {
            StreamTrigger.Numbers.Writer.TryWrite(number);
            Assert.Equal(number, await StreamTrigger.Acknowledged.Reader.ReadAsync(limit.Token));
            Assert.Equal(number, await host.CountAsync(flow));
        }
        // An event that comes again under its own name is acknowledged and starts nothing, also when what it started has been deleted.
        for (var again = 0; again < 3; again++)
        {
            StreamTrigger.Numbers.Writer.TryWrite(StreamTrigger.FirstNamed);
            Assert.Equal(StreamTrigger.FirstNamed, await StreamTrigger.Acknowledged.Reader.ReadAsync(limit.Token));
            Assert.Equal(again == 2 ? 20 : 21, await host.CountAsync(flow));
            if (again == 1) await DeleteNamedAsync(flow, limit.Token);
        }
        await host.Flows.DeleteAsync(flow, null, limit.Token);
    }

    private async Task DeleteNamedAsync(FlowId flow, CancellationToken cancellation)
    {
        var all = await host.Get<IExecutionStore>().SearchAsync(new ExecutionQuery { Namespace = flow.Namespace, FlowId = flow.Id }, new PageRequest(1, 100), cancellation);
        foreach (var id in all.Results.Select(execution => execution.Id))
            if (Equals((await host.EndAsync(id)).Trigger!.Variables["number"], StreamTrigger.FirstNamed)) await host.Executions.DeleteAsync(id, logs: true, metrics: true, files: true, cancellation);
    }

    [Fact]
    public async Task Switched_off_listener_hears_nothing_until_it_is_on_again()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var flow = await host.SaveAsync("""
            id: quiet
            namespace: trigger.quiet
            tasks:
              - id: show
                type: io.kestra.plugin.core.debug.Return
            triggers:
              - id: line
                type: test.Quiet
            """);
        var key = new TriggerKey(flow.Namespace, flow.Id, "line");
        await QuietTrigger.Listening.Reader.ReadAsync(limit.Token);
        await host.Get<ITriggers>().SetDisabledAsync(key, true, limit.Token);
        await QuietTrigger.Ended.Reader.ReadAsync(limit.Token);
        await host.Get<ITriggers>().SetDisabledAsync(key, false, limit.Token);
        await QuietTrigger.Listening.Reader.ReadAsync(limit.Token);
        await host.Flows.DeleteAsync(flow, null, limit.Token);
        await QuietTrigger.Ended.Reader.ReadAsync(limit.Token);
    }
}
