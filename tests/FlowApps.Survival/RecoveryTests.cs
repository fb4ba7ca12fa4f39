using System.Diagnostics;
using System.Globalization;
using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>How long it takes until work goes on without a hand. The figures are printed; the limits here are those of a slow machine with other things to do.</summary>
[Trait("Category", "Chaos")]
public sealed class RecoveryTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Server_that_was_killed_goes_on_with_what_it_did_when_it_is_started_again()
    {
        await using var rig = await Rig.StartAsync(servers: 1);
        await BeginLongAsync(rig, 4, seconds: 5);
        await rig.Servers[0].KillAsync();
        var begun = rig.Ledger.Calls.Count;
        var clock = Stopwatch.StartNew();
        await rig.RunAgainAsync(0);
        var listens = clock.Elapsed;
        await UntilAsync(() => rig.Ledger.Calls.Count > begun);
        Report.Goal($"server killed: the first execution that stood still moves {clock.Elapsed.TotalSeconds:0.0} s after it is started again, {(clock.Elapsed - listens).TotalSeconds:0.0} s after it listens (bar 5 s)");
        Assert.Empty(await rig.SettleAsync(Limit));
        await AllSucceededAsync(rig);
    }

    [Fact]
    public async Task One_of_two_servers_takes_over_when_the_other_is_killed()
    {
        await using var rig = await Rig.StartAsync();
        await BeginLongAsync(rig, 4, seconds: 8);
        var clock = Stopwatch.StartNew();
        var begun = rig.Ledger.Calls.Count;
        await rig.Servers[0].KillAsync();
        await UntilAsync(() => rig.Ledger.Calls.Count > begun);
        Report.Goal($"one of two servers killed: the other goes on with its work after {clock.Elapsed.TotalSeconds:0.0} s (bar 15 s)");
        Assert.Empty(await rig.SettleAsync(Limit));
        await AllSucceededAsync(rig);
    }

    [Fact]
    public async Task Clients_are_told_to_come_back_while_the_database_is_away_and_served_when_it_is_there()
    {
        await using var rig = await Rig.StartAsync(servers: 1);
        await rig.InstallAsync();
        rig.Proxies[0].IsDown = true;
        var refused = await rig.Apis[0].StartAsync("quick", "away");
        Assert.Equal(503, refused?.Status);
        Assert.True(refused!.SaysWhenToRetry);
        rig.Proxies[0].IsDown = false;
        rig.KillPostgres();
        var clock = Stopwatch.StartNew();
        Answer? answer = null;
        await UntilAsync(async () => (answer = await rig.Apis[0].StartAsync("quick", "away")) is { IsAccepted: true });
        Report.Goal($"database killed: a submission is accepted {clock.Elapsed.TotalSeconds:0.0} s later (bar 10 s); before, with the database out of reach, 503 with Retry-After");
        Assert.Empty(await rig.SettleAsync(Limit));
        Assert.Single(await rig.Invariants.AskAsync("select id from executions where flow_id = 'quick'"));
    }

    [Fact]
    public async Task Server_that_is_asked_to_stop_hands_its_work_over_and_loses_none()
    {
        await using var rig = await Rig.StartAsync();
        await BeginLongAsync(rig, 3, seconds: 1);
        await BeginLongAsync(rig, 3, seconds: 40, install: false);
        var clock = Stopwatch.StartNew();
        rig.Servers[0].Send("TERM");
        using var limit = new CancellationTokenSource(Limit);
        await rig.Servers[0].EndedAsync(limit.Token);
        Report.Goal($"asked to stop while busy: gone after {clock.Elapsed.TotalSeconds:0.0} s (bar 10 s)");
        Assert.Empty(await rig.SettleAsync(Limit));
        await AllSucceededAsync(rig);
    }

    [Fact]
    public async Task Report_of_a_server_that_slept_over_its_lease_is_refused()
    {
        await using var rig = await Rig.StartAsync();
        await BeginLongAsync(rig, 3, seconds: 10);
        var begun = rig.Ledger.Calls.Count;
        rig.Servers[0].Send("STOP");
        await UntilAsync(() => rig.Ledger.Calls.Count >= 2 * begun);
        rig.Servers[0].Send("CONT");
        Assert.Empty(await rig.SettleAsync(Limit));
        await AllSucceededAsync(rig);
        await LastBeginningWonAsync(rig);
        Report.Goal($"slow, not dead: {begun} attempts taken over from a server that was stopped past its lease, 0 of its reports accepted");
    }

    /// <summary>Starts long processes on the first server and waits until each has begun.</summary>
    private static async Task BeginLongAsync(Rig rig, int count, double seconds, bool install = true)
    {
        var flow = install ? Flows.LongOf(seconds, rig.Ledger.Address) : Flows.LongOf(seconds, rig.Ledger.Address).Replace($"id: {Flows.Long}", $"id: {Flows.Long}er", StringComparison.Ordinal);
        await rig.Apis[0].InstallAsync(flow);
        var begun = rig.Ledger.Calls.Count;
        for (var number = 0; number < count; number++)
        {
            var key = $"long-{seconds.ToString(CultureInfo.InvariantCulture)}-{number}";
            rig.Acks.Write(key, (await rig.Apis[0].StartAsync(install ? Flows.Long : Flows.Long + "er", key))!.Id);
        }
        await UntilAsync(() => rig.Ledger.Calls.Count >= begun + count);
    }

    private static async Task AllSucceededAsync(Rig rig) => Assert.Empty(await rig.Invariants.AtTheEndAsync(rig.Acks.Lines, [], []));

    /// <summary>I6: what an execution has for its result is from the beginning that was handed out last.</summary>
    private static async Task LastBeginningWonAsync(Rig rig)
    {
        var api = rig.Apis[1];
        foreach (var beginnings in rig.Ledger.Calls.GroupBy(call => call.Body))
        {
            var ended = await api.ExecutionAsync(beginnings.Key);
            Assert.Equal(beginnings.Last().Key, ended.GetProperty("taskRunList")[0].GetProperty("outputs").GetProperty("vars").GetProperty("begun").GetString());
        }
    }

    private static Task UntilAsync(Func<bool> so) => UntilAsync(() => Task.FromResult(so()));

    private static async Task UntilAsync(Func<Task<bool>> so)
    {
        var clock = Stopwatch.StartNew();
        while (!await so())
        {
            Assert.True(clock.Elapsed < Limit, "It did not happen.");
            await Task.Delay(50);
        }
    }
}
