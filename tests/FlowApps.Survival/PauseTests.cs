using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>
/// Servers that are slow, not dead: stopped in their tracks past their leases and let go on when others have taken over. What they say then about what is no longer theirs
/// counts nothing, and the processes they still have for it are ended by themselves.
/// </summary>
public sealed class PauseTests
{
    private const int Servers = 4;
    private const int AtOnce = Servers - 1;
    private const int Each = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly Dictionary<string, string> ShortLeases = new() { ["FlowApps__Workers__Lease"] = "PT3S", ["FlowApps__Workers__Threads"] = "64" };
    private static readonly int Rounds = Times.Of(2, 34);
    private static readonly int Stops = Times.Of(3, 51);

    // Right before each kind of write that somebody who was away may no longer do.
    private static readonly string[] BeforeWrites = ["tick-before-start", "report-before-post", "leases-before-renewal"];

    [Fact]
    public async Task Reports_of_servers_that_were_stopped_past_their_leases_are_refused_and_their_processes_ended()
    {
        await using var rig = await Rig.StartAsync(Servers, settings: ShortLeases);
        var held = new Held(rig);
        await held.InstallAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var awake = round % Servers;
            var stopped = Enumerable.Range(0, Servers).Where(server => server != awake).ToList();
            // Some end while their server is stopped, so that it reports them too late; some still run when it goes on.
            var (late, orphaned) = ($"late{round}", $"orphaned{round}");
            held.Close(late);
            held.Close(orphaned);
            var ids = await Task.WhenAll(stopped.SelectMany(server => Enumerable.Range(0, Each).Select(number =>
                held.StartAsync(server, number % 2 == 0 ? late : orphaned, server * Each + number))));
            await Held.UntilAsync(() => ids.All(id => held.Beginnings(id) > 0), "all have begun");
            foreach (var server in stopped) rig.Servers[server].Send("STOP");
            held.Open(late);
            await Held.UntilAsync(() => ids.All(id => held.Beginnings(id) > 1), "another server has begun with all of them again");
            foreach (var server in stopped) rig.Servers[server].Send("CONT");
            await Held.UntilAsync(() => ids.All(id => Held.Processes(id) <= 1), "servers that went on have ended the processes of what they no longer hold");
            held.Open(orphaned);
            Assert.Empty(await rig.SettleAsync(Limit));
        }
        await held.LastBeginningsWonAsync(0);
        await Held.UntilAsync(() => held.All.All(id => Held.Processes(id) == 0), "no process is left");
        Assert.Empty(await rig.Invariants.AtTheEndAsync([], [], []));
        Report.Goal($"R-05: {Rounds * AtOnce} pauses of servers past their leases, {held.All.Count} attempts taken over, 0 of the late reports accepted, 0 flows failed, 0 processes left");
    }

    [Fact]
    public async Task Server_that_is_stopped_right_before_a_write_past_its_lease_does_not_write_when_it_goes_on()
    {
        await using var rig = await Rig.StartAsync(settings: ShortLeases);
        await rig.InstallAsync();
        var held = new Held(rig);
        await held.InstallAsync();
        for (var stop = 0; stop < Stops; stop++)
        {
            var (server, point, batch) = (stop % 2, BeforeWrites[stop % BeforeWrites.Length], $"stop{stop}");
            var id = (await held.BeginAsync(server, batch, 1))[0];
            var (armed, stops) = (Said(rig, server, "armed: "), Said(rig, server, "stopped at "));
            rig.Servers[server].Tell($"{point}:1:stop");
            await Held.UntilAsync(() => Said(rig, server, "armed: ") > armed, "the server is told where to stop");
            if (point != "leases-before-renewal") held.Open(batch);
            await Held.UntilAsync(() => Said(rig, server, "stopped at ") > stops, $"the server stops at {point}");
            var ticks = (await TicksAsync(rig)).Count;
            if (point == "leases-before-renewal") held.Open(batch);
            // The other has fired what the one was about to, and has begun with its work again unless that was done.
            await Held.UntilAsync(async () => (await TicksAsync(rig)).Count >= ticks + 2, "the other server fires");
            await Held.UntilAsync(async () => point == "tick-before-start" || held.Beginnings(id) > 1 || !await IsOpenAsync(rig, id), "the other server has begun again");
            rig.Servers[server].Send("CONT");
            Assert.Empty(await rig.SettleAsync(Limit));
        }
        await held.LastBeginningsWonAsync(0);
        Assert.Empty(await rig.Invariants.AtTheEndAsync([], [], []));
        var fired = await TicksAsync(rig);
        Assert.Equal(fired.Distinct().Count(), fired.Count);
        Report.Goal($"R-06: {Stops} servers stopped right before a tick, a report or a renewal until others had taken over: 0 writes with an old epoch, {fired.Count} ticks, 0 doubled");
    }

    private static Task<IReadOnlyList<string>> TicksAsync(Rig rig) => rig.Invariants.AskAsync(Reckoning.TickDates);

    private static async Task<bool> IsOpenAsync(Rig rig, string id) => (await rig.Invariants.AskAsync($"select id from executions where id = '{id}' and state < 9")).Count > 0;

    private static int Said(Rig rig, int server, string beginning) => rig.Servers[server].Output.Split('\n').Count(line => line.StartsWith(beginning, StringComparison.Ordinal));
}
