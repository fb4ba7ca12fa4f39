using System.Diagnostics;
using FlowApps.Testing;
using Npgsql;

namespace FlowApps.Survival;

/// <summary>Somebody else works on the same database: ends connections of the servers, holds rows that they want, and locks rows in the other order than they do. They go on.</summary>
public sealed class RivalTests
{
    private const int AtOnce = 3;
    private static readonly int Terminations = Times.Of(300, 1500);
    private static readonly int Disputes = Times.Of(40, 500);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongerThanTheyWait = TimeSpan.FromSeconds(2.5);
    private readonly int seed = Setting.Seed;

    [Fact]
    public async Task Nothing_is_lost_when_connections_end_again_and_again()
    {
        await using var rig = await Rig.StartAsync();
        var clock = Stopwatch.StartNew();
        var terminated = 0;
        var reckoning = await UnderLoadAsync(rig, async () =>
        {
            while (terminated < Terminations)
            {
                terminated += await rig.TerminateConnectionsAsync(AtOnce);
                await Task.Delay(Moment);
            }
        });
        Report.Goal($"R-11: seed {seed}, {terminated} connections of two servers ended in {clock.Elapsed.TotalMinutes:0.0} min, {rig.Acks.Count} submissions acknowledged, {reckoning.Of("acknowledged")} lost, {reckoning.Of("one-execution")} doubled, {reckoning.Ticks.Count} ticks, {reckoning.Skipped} left out");
    }

    [Fact]
    public async Task Servers_go_on_after_deadlocks_and_rows_that_others_hold()
    {
        await using var rig = await Rig.StartAsync();
        // The server that finds a deadlock is the one that has to give way: those under test look for it long before the rival would.
        await rig.Invariants.AskAsync("alter system set deadlock_timeout = '20ms'");
        await rig.Invariants.AskAsync("select pg_reload_conf()::text");
        await using var rival = await rig.ConnectAsync();
        await DoAsync(rival, "set deadlock_timeout = '1min'");
        var random = new Random(seed);
        var (disputes, held) = (0, 0);
        var reckoning = await UnderLoadAsync(rig, async () =>
        {
            while (disputes < Disputes)
            {
                var holds = random.Next(25) == 0;
                if (!await DisputeAsync(rival, random, holds)) continue;
                disputes++;
                if (holds) held++;
            }
        });
        var deadlocks = long.Parse((await rig.Invariants.AskAsync("select sum(deadlocks)::text from pg_stat_database"))[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(deadlocks > Disputes / 5, $"The database counted only {deadlocks} deadlocks in {disputes} disputes.");
        Report.Goal($"R-13: seed {seed}, {disputes} disputes over rows with a rival session, of which it held {held} for {LongerThanTheyWait.TotalSeconds} s; {deadlocks} deadlocks of which a server was the victim; {rig.Acks.Count} submissions acknowledged, {reckoning.Of("acknowledged")} lost; 0 loops ended: {reckoning.Ticks.Count} ticks, {reckoning.Skipped} left out, {reckoning.Standing.Count} executions stand still");
    }

    private async Task<Reckoning> UnderLoadAsync(Rig rig, Func<Task> disturbAsync)
    {
        await rig.InstallAsync();
        var load = new Load(rig, seed);
        using var ended = new CancellationTokenSource();
        var loading = load.RunAsync(ended.Token);
        try
        {
            await disturbAsync();
        }
        finally
        {
            await ended.CancelAsync();
            await loading;
        }
        var reckoning = await Reckoning.OfAsync(rig, load, seed);
        await reckoning.AssertAsync(rig, seed, load.Problems);
        return reckoning;
    }

    /// <summary>
    /// Locks rows that servers will want; when one waits for them, wants what that one has already locked (its writer's row), or lets it wait longer than it is willing to.
    /// </summary>
    /// <returns>False when nobody wanted them.</returns>
    private static async Task<bool> DisputeAsync(NpgsqlConnection rival, Random random, bool holds)
    {
        await DoAsync(rival, "begin");
        await DoAsync(rival, random.Next(3) switch
        {
            0 => "select from triggers for update skip locked",
            1 => "select from timers where due < now() + interval '2 seconds' for update skip locked",
            _ => "select from executions where state < 9 for update skip locked",
        });
        var isWanted = false;
        for (var waited = Stopwatch.StartNew(); !isWanted && waited.ElapsedMilliseconds < 300;)
        {
            await using var look = new NpgsqlCommand("select exists (select from pg_stat_activity where application_name = 'FlowApps' and pg_backend_pid() = any (pg_blocking_pids(pid)))", rival);
            isWanted = (bool)(await look.ExecuteScalarAsync())!;
        }
        if (isWanted && holds) await Task.Delay(LongerThanTheyWait);
        else if (isWanted) await DoAsync(rival, "select from writers order by id for update");
        await DoAsync(rival, "rollback");
        return isWanted;
    }

    private static async Task DoAsync(NpgsqlConnection rival, string sql)
    {
        await using var command = new NpgsqlCommand(sql, rival);
        await command.ExecuteNonQueryAsync();
    }
}
