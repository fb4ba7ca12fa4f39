using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Testing;

namespace FlowApps.Runtime.Tests.Executions;

/// <summary>
/// Bursts of 500 executions of flows that let one to five run at a time, started at two processes, while some are killed, limits are raised or removed, and one of the processes is
/// replaced again and again: nobody runs past the limit, and no slot is lost.
/// </summary>
[Collection(Crowds.Name)]
public sealed class BurstTests
{
    private const int Burst = 500;
    private const int AtOnce = 10;
    private static readonly int Bursts = Times.Of(20, 200);
    private static readonly TimeSpan BetweenRestarts = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly CancellationToken None = CancellationToken.None;
    private RuntimeHost steady = null!;
    private RuntimeHost? other;
    private int killed, changed, restarts;

    [Fact]
    public async Task Bursts_never_run_past_the_limit_and_lose_no_slot_through_kills_restarts_and_changed_limits()
    {
        using var data = new DataFolder();
        await using var host = steady = await RuntimeHost.StartAsync(data.Path);
        other = await RuntimeHost.StartAsync(data.Path, ("FlowApps:Node", "other"));
        try
        {
            var left = Bursts;
            var ended = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
            {
                while (Interlocked.Decrement(ref left) is >= 0 and var number) await BurstAsync(number);
            })));
            while (!ended.IsCompleted) await ReplaceAsync(data.Path, ended);
            await ended;
        }
        finally
        {
            if (other is { } last) await last.DisposeAsync();
        }
        Report.Goal($"R-50: {Bursts} bursts of {Burst} with limits of 1 to 5 at two processes, {killed} killed, {changed} limits raised or removed meanwhile, {restarts} restarts of one of the processes: 0 over, 0 leaked");
    }

    /// <summary>The process goes in the middle of whatever it does, and another one comes in its place.</summary>
    private async Task ReplaceAsync(string data, Task ended)
    {
        await Task.WhenAny(ended, Task.Delay(BetweenRestarts));
        if (ended.IsCompleted) return;
        var going = other!;
        other = null;
        await going.DisposeAsync();
        restarts++;
        other = await StartAsync(data);
    }

    /// <summary>As often as the small server of the tests needs to have connections to give.</summary>
    private async Task<RuntimeHost> StartAsync(string data)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await RuntimeHost.StartAsync(data, ("FlowApps:Node", $"other-{restarts}"));
            }
            catch (Exception) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(BetweenRestarts, limit.Token);
            }
        }
    }

    private async Task BurstAsync(int number)
    {
        var (limit, changes) = (number % 5 + 1, number % 2 == 0);
        var flow = await steady.SaveAsync(Source(number, limit));
        var ids = await Task.WhenAll(Enumerable.Range(0, Burst / 2).Select(item => StartAsync(flow, number, item)));
        var before = TimeProvider.System.GetUtcNow();
        int? later = number % 4 == 0 ? null : limit + 2;
        if (changes)
        {
            Interlocked.Increment(ref changed);
            await steady.Flows.UpdateAsync(flow, Source(number, later), "tester", null, None);
        }
        ids = [.. ids, .. await Task.WhenAll(Enumerable.Range(Burst / 2, Burst / 2).Select(item => StartAsync(flow, number, item)))];
        await steady.UntilNoneAsync($"select count(*) from executions where flow_id = '{flow.Id}' and state < 9", Patience);
        Assert.Equal(Burst, ids.Distinct().Count());
        Assert.Equal(Burst, await steady.CountAsync($"select count(*) from executions where flow_id = '{flow.Id}'"));
        await HoldsAsync(ids, limit, changes ? before : DateTimeOffset.MaxValue, later);

        // As many as may run now all find a slot at once.
        var next = await Task.WhenAll(Enumerable.Range(0, changes ? later ?? limit : limit).Select(_ => steady.RunAsync(flow)));
        Assert.All(next, execution => Assert.DoesNotContain(execution.State.Histories, change => change.State == State.Queued));
    }

    /// <summary>I10: at each moment at which one begins, how many hold a slot by the dates of their events.</summary>
    private async Task HoldsAsync(IReadOnlyList<string> ids, int limit, DateTimeOffset changedAt, int? later)
    {
        var moments = new List<(DateTimeOffset At, int Change)>();
        foreach (var id in ids)
        {
            var execution = (await steady.Executions.FindAsync(id, None))!.Value.Execution;
            Assert.True(execution.State.Current is State.Success or State.Killed, $"{id} ended {execution.State.Current}");
            foreach (var began in execution.State.Histories.Where(change => change.State == State.Running).Take(1))
                moments.AddRange([(began.Date, 1), (execution.State.EndDate!.Value, -1)]);
        }
        var held = 0;
        foreach (var (at, change) in moments.OrderBy(moment => moment.At).ThenBy(moment => moment.Change))
        {
            held += change;
            var most = at < changedAt ? limit : later ?? int.MaxValue;
            Assert.True(change < 0 || held <= most, $"{held} of {ids[0]} and its burst ran at {at:O}, {most} may");
        }
    }

    /// <summary>Every tenth is killed right away.</summary>
    private async Task<string> StartAsync(FlowId flow, int number, int item)
    {
        var id = await SubmitAsync(flow, number, item);
        if (item % 10 == 9) await KillAsync(id);
        return id;
    }

    /// <summary>Every second one at the process that may go away in the middle of it; a client without an answer asks the other one with the same key.</summary>
    private async Task<string> SubmitAsync(FlowId flow, int number, int item)
    {
        var start = new StartExecution(flow, Data.Map()) { IdempotencyKey = $"{number}-{item}" };
        if (item % 2 == 1 && other is { } there)
        {
            try
            {
                return (await there.Executions.StartAsync(start, None)).Id;
            }
            catch (Exception e) when (e is not RefusedException { Kind: RefusalKind.Invalid })
            {
                // It has just gone.
            }
        }
        return (await steady.Executions.StartAsync(start, None)).Id;
    }

    private async Task KillAsync(string id)
    {
        try
        {
            await steady.Executions.KillAsync(id, true, new Asker("ines"), None);
            Interlocked.Increment(ref killed);
        }
        catch (RefusedException e) when (e.Kind == RefusalKind.Conflict)
        {
            // It was over already.
        }
    }

    private static string Source(int number, int? limit) =>
        $"id: burst-{number}\nnamespace: bursts\n{(limit is null ? "" : $"concurrency: {{limit: {limit}}}\n")}tasks:\n  - {{id: nap, type: core.flow.Sleep, duration: PT0.01S}}\n";
}
