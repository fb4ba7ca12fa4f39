using System.Globalization;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Tests.Triggers;

[Collection(SharedRuntime.Name)]
public sealed class ScheduleTests(RuntimeFixture fixture)
{
    private readonly RuntimeHost host = fixture.Host;

    [Fact]
    public async Task Schedule_fires_each_second_and_moves_its_row()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
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
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
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
        while (!(await host.TriggerAsync(key, limit.Token)).Disabled) await Task.Delay(20, limit.Token);
        Assert.Equal(1, await host.CountAsync(flow));
    }

    [Fact]
    public async Task Dates_kept_as_a_value_are_fired_and_dates_that_cannot_be_read_are_told_in_the_log()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        const string Source = """
            id: FLOW
            namespace: trigger.dates
            tasks:
              - id: show
                type: io.kestra.plugin.core.debug.Return
                format: "{{ trigger.date }}"
            triggers:
              - id: days
                type: io.kestra.plugin.core.trigger.ScheduleOnDates
                dates: "{{ kv('FLOW') }}"
            """;
        var news = host.Executions.WatchAsync(null, limit.Token);
        var begin = DateTimeOffset.UtcNow;
        var dates = Enumerable.Range(1, 120).Select(second => begin.AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)).ToList<object?>();
        await host.Get<IKvStore>().SetAsync("trigger.dates", "kept", dates, null, null, true, null, limit.Token);
        Assert.Contains(await host.FirstOutputAsync(news, await host.SaveAsync(Source.Replace("FLOW", "kept", StringComparison.Ordinal)), limit.Token), dates);
        await host.Flows.DeleteAsync(new FlowId("trigger.dates", "kept"), null, limit.Token);

        var lost = await host.SaveAsync(Source.Replace("FLOW", "lost", StringComparison.Ordinal));
        while ((await host.Get<ILogStore>().SearchAsync(new LogQuery { Namespace = lost.Namespace, FlowId = lost.Id }, new PageRequest(1, 10), limit.Token)).Results.Count == 0) await Task.Delay(100, limit.Token);
    }

    [Fact]
    public async Task Paused_backfill_leaves_the_regular_dates_and_gives_them_back()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
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
        var regular = (await host.TriggerAsync(key, limit.Token)).NextExecutionDate;
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
        while ((state = await host.TriggerAsync(key, limit.Token)).Backfill is not null) await Task.Delay(20, limit.Token);
        Assert.Equal(regular, state.NextExecutionDate);
        Assert.Equal(3, await host.CountAsync(flow));
    }

    [Fact]
    public async Task Backfill_makes_up_for_every_date_in_order_then_the_schedule_goes_on()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
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
        var before = await host.TriggerAsync(key, limit.Token);
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
        var after = await host.TriggerAsync(key, limit.Token);
        Assert.Null(after.Backfill);
        Assert.Equal(before.NextExecutionDate, after.NextExecutionDate);
    }
}
