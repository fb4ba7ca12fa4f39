using System.Globalization;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using Xunit.Abstractions;

namespace FlowApps.Runtime.Tests.Triggers;

/// <summary>Schedules over restarts and jumps of the clock: each date that the oracle counts has exactly one execution.</summary>
public sealed class TickTests(ITestOutputHelper print)
{
    private const int Ticks = 10_000;
    private const string Namespace = "ticks";
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 30, TimeSpan.Zero);
    private static readonly int[] Minutes = [1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 5, 10, 15, 20, 30];

    [Fact]
    public async Task Ten_thousand_ticks_over_restarts_and_jumps_of_the_clock_are_neither_missed_nor_doubled()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        var data = DataFolder.New();
        var clock = new FastClock(Start, speed: 600);
        var host = await RuntimeHost.StartAsync(data, clock);
        try
        {
            // Nothing is fired before its first date is known.
            clock.Stop();
            for (var i = 0; i < Minutes.Length; i++) await host.SaveAsync(Source(i));
            var planned = await PlannedAsync(host, limit.Token);
            clock.Go();
            TimeSpan[] jumps = [TimeSpan.FromHours(1), TimeSpan.FromMinutes(-5), TimeSpan.FromHours(-1), TimeSpan.FromHours(7)];
            for (var (round, seen) = (0, 0L); seen < Ticks; round++)
            {
                // A quarter of the rounds ends with a restart, all others with a jump.
                var goal = Math.Min(Ticks, seen + 700);
                while ((seen = await CountAsync(host, limit.Token)) < goal) await Task.Delay(100, limit.Token);
                if (round % 4 < jumps.Length - 1 || round % 8 == 3) clock.Jump(jumps[round % 4]);
                else
                {
                    await host.DisposeAsync();
                    host = await RuntimeHost.StartAsync(data, clock);
                }
            }
            clock.Stop();
            while ((await host.Get<ITriggerStore>().DueAsync(clock.GetUtcNow(), 1, limit.Token)).Count > 0) await Task.Delay(50, limit.Token);
            var fired = await FiredAsync(host, limit.Token);
            var until = clock.GetUtcNow();
            var expected = planned.SelectMany(first => Oracle(first.Key, first.Value, until)).ToList();
            print.WriteLine($"{fired.Count} ticks, {expected.Count} expected");
            Assert.Empty(fired.GroupBy(tick => tick).Where(group => group.Count() > 1).Select(group => $"doubled: {group.Key}"));
            Assert.Empty(expected.Except(fired).Select(tick => $"missed: {tick}"));
            // Going back in time, some were fired that are not due yet at the end.
            Assert.Empty(fired.Except(expected).Where(tick => tick.Date <= until).Select(tick => $"never due: {tick}"));
            Assert.True(fired.Count >= Ticks);
        }
        finally
        {
            await host.DisposeAsync();
            DataFolder.Remove(data);
        }
    }

    private static string Source(int number) => $$$"""
        id: f{{{number}}}
        namespace: {{{Namespace}}}
        tasks:
          - id: show
            type: core.debug.Return
            format: "{{ trigger.date }}"
        triggers:
          - id: s
            type: core.trigger.Schedule
            timezone: UTC
            cron: "*/{{{Minutes[number]}}} * * * *"
            labels:
              date: "{{ trigger.date }}"
        """;

    /// <summary>The first date of each, as its new row says it; from there on the oracle counts by itself.</summary>
    private static async Task<Dictionary<string, DateTimeOffset>> PlannedAsync(RuntimeHost host, CancellationToken cancellation)
    {
        var first = new Dictionary<string, DateTimeOffset>();
        while (first.Count < Minutes.Length)
            foreach (var row in (await host.Get<ITriggerStore>().SearchAsync(new TriggerQuery(Namespace), new PageRequest(1, 100), cancellation)).Results)
                first.TryAdd(row.Key.FlowId, row.NextExecutionDate!.Value);
        return first;
    }

    private static IEnumerable<(string Flow, DateTimeOffset Date)> Oracle(string flow, DateTimeOffset first, DateTimeOffset until)
    {
        var every = Minutes[int.Parse(flow.AsSpan(1), CultureInfo.InvariantCulture)];
        for (var date = first; date <= until; date = date.AddMinutes(1))
            if (date.Minute % every == 0) yield return (flow, date);
    }

    private static async Task<long> CountAsync(RuntimeHost host, CancellationToken cancellation) =>
        (await host.Get<IExecutionStore>().SearchAsync(new ExecutionQuery { Namespace = Namespace }, new PageRequest(1, 1), cancellation)).Total;

    private static async Task<List<(string Flow, DateTimeOffset Date)>> FiredAsync(RuntimeHost host, CancellationToken cancellation)
    {
        var fired = new List<(string, DateTimeOffset)>();
        for (var number = 0; number < Minutes.Length; number++)
            for (var page = 1; ; page++)
            {
                var found = await host.Get<IExecutionStore>().SearchAsync(new ExecutionQuery { Namespace = Namespace, FlowId = $"f{number}" }, new PageRequest(page, 1000, "id:asc"), cancellation);
                fired.AddRange(found.Results.Select(execution => (execution.FlowId, DateTimeOffset.Parse(execution.Labels.First(label => label.Key == "date").Value!, CultureInfo.InvariantCulture))));
                if (found.Results.Count < 1000) break;
            }
        return fired;
    }
}
