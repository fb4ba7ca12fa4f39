using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Tests.Triggers;

[Collection(SharedRuntime.Name)]
public sealed class TriggerTests(RuntimeFixture fixture)
{
    private readonly RuntimeHost host = fixture.Host;

    [Fact]
    public async Task Schedule_fires_each_second_and_moves_its_row()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var news = host.Executions.WatchAsync(null, limit.Token);
        var flow = await host.SaveAsync("""
            id: tick
            namespace: trigger.schedule
            tasks:
              - id: show
                type: io.kestra.plugin.core.debug.Return
                format: "{{ trigger.date }} {{ schedule.date }}"
            triggers:
              - id: seconds
                type: io.kestra.plugin.core.trigger.Schedule
                withSeconds: true
                cron: "* * * * * *"
            """);
        var seen = new List<string>();
        await foreach (var item in news)
        {
            if (item.Flow != flow || item.State != State.Success) continue;
            var execution = (await host.Executions.FindAsync(item.ExecutionId, limit.Token))!.Value.Execution;
            var dates = ((string)execution.TaskRuns.First().Outputs!["value"]!).Split(' ');
            Assert.Equal(dates[0], dates[1]);
            seen.Add(dates[0]);
            if (seen.Count == 3) break;
        }
        Assert.Equal(3, seen.Distinct().Count());
        await host.Flows.DeleteAsync(flow, null, limit.Token);
    }

    [Theory]
    [InlineData("core.debug.Return", "")]
    [InlineData("core.flow.Sleep", "duration: PT0.05S")]
    public async Task Trigger_is_switched_off_when_an_execution_ends_as_stop_after_says(string task, string property)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var news = host.Executions.WatchAsync(null, limit.Token);
        var flow = await host.SaveAsync($$"""
            id: {{task.Replace('.', '-').ToLowerInvariant()}}
            namespace: trigger.stop
            tasks:
              - id: only
                type: io.kestra.plugin.{{task}}
                {{property}}
            triggers:
              - id: once
                type: io.kestra.plugin.core.trigger.Schedule
                withSeconds: true
                cron: "* * * * * *"
                stopAfter: [SUCCESS]
            """);
        await foreach (var item in news)
            if (item.Flow == flow && item.State == State.Success) break;
        var key = new TriggerKey(flow.Namespace, flow.Id, "once");
        while (!(await RowAsync(key, limit.Token)).Disabled) await Task.Delay(20, limit.Token);
        Assert.Equal(1, await CountOfAsync(flow));
    }

    [Fact]
    public async Task Webhook_and_listening_flow_are_switched_off_after_the_first_end_that_stop_after_names()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var called = await host.SaveAsync("""
            id: called
            namespace: trigger.stopped
            tasks:
              - id: only
                type: io.kestra.plugin.core.debug.Return
            triggers:
              - id: hook
                type: io.kestra.plugin.core.trigger.Webhook
                key: once
                stopAfter: [SUCCESS]
            """);
        var listening = await host.SaveAsync("""
            id: listening
            namespace: trigger.stopped
            tasks:
              - id: only
                type: io.kestra.plugin.core.debug.Return
            triggers:
              - id: ear
                type: io.kestra.plugin.core.trigger.Flow
                stopAfter: [SUCCESS]
                conditions:
                  - type: io.kestra.plugin.core.condition.ExecutionFlow
                    namespace: trigger.stopped
                    flowId: called
            """);
        var call = new WebhookCall(called, "once", "POST", null, Data.Map(), Data.Map());
        await RowAsync(new TriggerKey(called.Namespace, called.Id, "hook"), limit.Token);
        await RowAsync(new TriggerKey(listening.Namespace, listening.Id, "ear"), limit.Token);
        await host.Get<IWebhooks>().CallAsync(call, limit.Token);
        while (!(await RowAsync(new TriggerKey(called.Namespace, called.Id, "hook"), limit.Token)).Disabled) await Task.Delay(20, limit.Token);
        while (!(await RowAsync(new TriggerKey(listening.Namespace, listening.Id, "ear"), limit.Token)).Disabled) await Task.Delay(20, limit.Token);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<RefusedException>(() => host.Get<IWebhooks>().CallAsync(call, limit.Token))).Kind);
        await host.RunAsync(called);
        Assert.Equal(1, await CountOfAsync(listening));
    }

    [Fact]
    public async Task Switched_off_listener_hears_nothing_until_it_is_on_again()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
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

    [Fact]
    public async Task Paused_backfill_leaves_the_regular_dates_and_gives_them_back()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var flow = await host.SaveAsync("""
            id: rest
            namespace: trigger.rest
            tasks:
              - id: log
                type: io.kestra.plugin.core.debug.Return
            triggers:
              - id: year
                type: io.kestra.plugin.core.trigger.Schedule
                cron: "0 0 1 1 *"
            """);
        var key = new TriggerKey(flow.Namespace, flow.Id, "year");
        var regular = (await RowAsync(key, limit.Token)).NextExecutionDate;
        var start = new DateTimeOffset(2020, 6, 1, 0, 0, 0, TimeSpan.Zero);
        var desk = host.Get<ITriggers>();
        var paused = await desk.StartBackfillAsync(key, new Backfill(start, start.AddYears(3), Paused: true), limit.Token);
        Assert.Equal(regular, paused.NextExecutionDate);
        await desk.SetDisabledAsync(key, true, limit.Token);
        var running = await desk.PauseBackfillAsync(key, false, limit.Token);
        Assert.Equal((regular, new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero).Year), (running.Backfill!.PreviousNextExecutionDate, running.NextExecutionDate!.Value.Year));
        // Nothing is made up for while it is off; switched on, it goes on where it was.
        Assert.Equal(running.NextExecutionDate, (await desk.SetDisabledAsync(key, false, limit.Token)).NextExecutionDate);
        TriggerState state;
        while ((state = await RowAsync(key, limit.Token)).Backfill is not null) await Task.Delay(20, limit.Token);
        Assert.Equal(regular, state.NextExecutionDate);
        Assert.Equal(3, await CountOfAsync(flow));
    }

    [Fact]
    public async Task Backfill_makes_up_for_every_date_in_order_then_the_schedule_goes_on()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var flow = await host.SaveAsync("""
            id: yearly
            namespace: trigger.backfill
            tasks:
              - id: log
                type: io.kestra.plugin.core.log.Log
                message: "{{ trigger.date }}"
            triggers:
              - id: year
                type: io.kestra.plugin.core.trigger.Schedule
                cron: "0 0 1 1 *"
            """);
        var key = new TriggerKey(flow.Namespace, flow.Id, "year");
        var before = await RowAsync(key, limit.Token);
        var start = new DateTimeOffset(2020, 6, 1, 0, 0, 0, TimeSpan.Zero);
        var news = host.Executions.WatchAsync(null, limit.Token);
        await host.Get<ITriggers>().StartBackfillAsync(key, new Backfill(start, start.AddYears(3)), limit.Token);
        var dates = new List<string>();
        await foreach (var item in news)
        {
            if (item.Flow != flow || item.State != State.Success) continue;
            var execution = (await host.Executions.FindAsync(item.ExecutionId, limit.Token))!.Value.Execution;
            dates.Add((string)execution.Trigger!.Variables["date"]!);
            if (dates.Count == 3) break;
        }
        Assert.Equal(["2021", "2022", "2023"], dates.Select(date => date[..4]));
        var after = await RowAsync(key, limit.Token);
        Assert.Null(after.Backfill);
        Assert.Equal(before.NextExecutionDate, after.NextExecutionDate);
    }

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
        Task<long> CountAsync() => CountOfAsync(down);
        await host.RunAsync(new FlowId("trigger.pre", "a"));
        await host.RunAsync(new FlowId("trigger.pre", "a"));
        Assert.Equal(0, await CountAsync());
        await host.RunAsync(new FlowId("trigger.pre", "b"));
        Assert.Equal(1, await CountAsync());
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
        Assert.Equal(0, await CountOfAsync(down));
        await host.RunAsync(new FlowId("trigger.depends", "north"));
        var started = await host.Get<IExecutionStore>().SearchAsync(new ExecutionQuery { Namespace = down.Namespace, FlowId = down.Id }, new PageRequest(), CancellationToken.None);
        Assert.Equal("from north and from south", (await host.EndAsync(Assert.Single(started.Results).Id)).TaskRuns.First().Outputs!["value"]);
    }

    [Fact]
    public async Task A_missed_window_is_a_failed_execution_with_the_labels_of_on_miss()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
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

    [Fact]
    public async Task Polling_trigger_starts_nothing_for_what_its_conditions_do_not_want()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        BoxTrigger.Box.Writer.TryWrite(1);
        BoxTrigger.Box.Writer.TryWrite(2);
        var news = host.Executions.WatchAsync(null, limit.Token);
        var flow = await host.SaveAsync("""
            id: choosy
            namespace: trigger.choosy
            tasks: [{id: show, type: io.kestra.plugin.core.debug.Return, format: "{{ trigger.number }}"}]
            triggers: [{id: box, type: test.Box, interval: PT0.1S, when: "{{ trigger.number == 2 }}"}]
            """);
        Assert.Equal("2", await FirstOutputAsync(news, flow, limit.Token));
        Assert.Equal(1, await CountOfAsync(flow));
        await host.Flows.DeleteAsync(flow, null, limit.Token);
    }

    [Fact]
    public async Task Webhook_starts_by_key_and_refuses_other_keys()
    {
        var flow = await host.SaveAsync("""
            id: hook
            namespace: trigger.webhook
            tasks:
              - id: show
                type: io.kestra.plugin.core.debug.Return
                format: "{{ trigger.body.name }}"
            triggers:
              - id: web
                type: io.kestra.plugin.core.trigger.Webhook
                key: open-sesame
            """);
        var hooks = host.Get<IWebhooks>();
        var call = new WebhookCall(flow, "open-sesame", "POST", Data.Map(("name", "Ada")), Data.Map(), Data.Map());
        var answer = await hooks.CallAsync(call, CancellationToken.None);
        Assert.Equal("Ada", answer.Execution!.TaskRuns.First().Outputs!["value"]);
        await Assert.ThrowsAsync<RefusedException>(() => hooks.CallAsync(call with { Key = "wrong" }, CancellationToken.None));
    }

    [Fact]
    public async Task A_signed_call_starts_once_however_often_it_is_repeated_and_an_unsigned_one_never()
    {
        var flow = await host.SaveAsync("""
            id: signed
            namespace: trigger.webhook
            tasks:
              - id: show
                type: io.kestra.plugin.core.debug.Return
                format: "{{ trigger.body }}"
            triggers:
              - id: web
                type: io.kestra.plugin.core.trigger.Webhook
                key: signed
                signingSecrets: ["{{ secret('NONE_SUCH') }}", "whsec_c2VjcmV0"]
                maxBodySize: 100
            """);
        var hooks = host.Get<IWebhooks>();
        var call = Signed(flow, "m1", "hello", "whsec_c2VjcmV0");
        // At once, and again and again.
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => hooks.CallAsync(call, CancellationToken.None)));
        Assert.Single(answers.Select(answer => answer.Execution!.Id).Distinct());
        Assert.Equal(answers[0].Execution!.Id, (await hooks.CallAsync(call, CancellationToken.None)).Execution!.Id);
        Assert.Equal(1, await CountOfAsync(flow));
        foreach (var (bad, kind) in new[]
        {
            (Signed(flow, "m2", "hello", "another"), RefusalKind.Forbidden),
            (Signed(flow, "m2", "hello", "whsec_c2VjcmV0") with { Raw = "changed"u8.ToArray() }, RefusalKind.Forbidden),
            (call with { Headers = Data.Map() }, RefusalKind.Forbidden),
            (Signed(flow, "m2", new string('x', 101), "whsec_c2VjcmV0"), RefusalKind.TooLarge),
        })
            Assert.Equal(kind, (await Assert.ThrowsAsync<RefusedException>(() => hooks.CallAsync(bad, CancellationToken.None))).Kind);
        Assert.Equal(1, await CountOfAsync(flow));
    }

    [Fact]
    public async Task A_webhook_takes_no_more_calls_than_its_limit()
    {
        var flow = await host.SaveAsync("""
            id: limited
            namespace: trigger.webhook
            tasks:
              - {id: show, type: core.debug.Return, format: x}
            triggers:
              - {id: web, type: core.trigger.Webhook, key: limited, limit: {calls: 3, window: PT1H}}
            """);
        var hooks = host.Get<IWebhooks>();
        var call = new WebhookCall(flow, "limited", "POST", null, Data.Map(), Data.Map());
        for (var i = 0; i < 3; i++) await hooks.CallAsync(call, CancellationToken.None);
        Assert.Equal(RefusalKind.TooMany, (await Assert.ThrowsAsync<RefusedException>(() => hooks.CallAsync(call, CancellationToken.None))).Kind);
        Assert.Equal(3, await CountOfAsync(flow));
    }

    private static WebhookCall Signed(FlowId flow, string id, string body, string secret)
    {
        var raw = System.Text.Encoding.UTF8.GetBytes(body);
        var now = TimeProvider.System.GetUtcNow();
        var headers = Data.Map(
            ("Webhook-Id", new List<object?> { id }), ("webhook-timestamp", new List<object?> { now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture) }),
            ("webhook-signature", new List<object?> { Engine.Triggers.WebhookSignature.Sign(id, now, raw, secret) }));
        return new WebhookCall(flow, "signed", "POST", body, headers, Data.Map()) { Raw = raw };
    }

    [Fact]
    public async Task Polling_trigger_starts_one_execution_for_what_it_finds()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
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
        Assert.Equal("7", await FirstOutputAsync(news, flow, limit.Token));
        var again = host.Executions.WatchAsync(null, limit.Token);
        BoxTrigger.Box.Writer.TryWrite(8);
        Assert.Equal("8", await FirstOutputAsync(again, flow, limit.Token));
        Assert.Equal(2, await CountOfAsync(flow));
        await host.Flows.DeleteAsync(flow, null, limit.Token);
    }

    [Fact]
    public async Task Realtime_trigger_acknowledges_after_the_execution_is_stored()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
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
            Assert.Equal(number, await CountOfAsync(flow));
        }
        // An event that comes again under its own name is acknowledged and starts nothing, also when what it started has been deleted.
        for (var again = 0; again < 3; again++)
        {
            StreamTrigger.Numbers.Writer.TryWrite(StreamTrigger.FirstNamed);
            Assert.Equal(StreamTrigger.FirstNamed, await StreamTrigger.Acknowledged.Reader.ReadAsync(limit.Token));
            Assert.Equal(again == 2 ? 20 : 21, await CountOfAsync(flow));
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

    private async Task<string> FirstOutputAsync(IAsyncEnumerable<ExecutionNews> news, FlowId flow, CancellationToken cancellation)
    {
        await foreach (var item in news)
            if (item.Flow == flow && item.State == State.Success)
                return (string)(await host.Executions.FindAsync(item.ExecutionId, cancellation))!.Value.Execution.TaskRuns.First().Outputs!["value"]!;
        throw new TimeoutException("No execution was started.");
    }

    private async Task<long> CountOfAsync(FlowId flow) =>
        (await host.Get<IExecutionStore>().SearchAsync(new ExecutionQuery { Namespace = flow.Namespace, FlowId = flow.Id }, new PageRequest(), CancellationToken.None)).Total;

    /// <summary>The row is written by the scheduler just after the flow was saved.</summary>
    private async Task<TriggerState> RowAsync(TriggerKey key, CancellationToken cancellation)
    {
        while (true)
        {
            if (await host.Get<ITriggerStore>().LoadAsync(key, cancellation) is ({ } state, _)) return state;
            await Task.Delay(20, cancellation);
        }
    }
}
