using System.Diagnostics;
using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>A server is asked to stop with work in hand, and the work fails, succeeds, is cancelled or hangs meanwhile: none of it stands still, and each comes to its own end once.</summary>
public sealed class DrainTests
{
    private const int Stops = 2;
    private const int Each = 25;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly Dictionary<string, string> ManyThreads = new() { ["FlowApps__Workers__Threads"] = "128" };

    [Fact]
    public async Task Work_that_ends_in_any_way_while_its_server_stops_comes_to_its_end()
    {
        await using var rig = await Rig.StartAsync(settings: ManyThreads);
        var held = new Held(rig);
        await held.InstallAsync();
        var longest = TimeSpan.Zero;
        for (var stop = 0; stop < Stops; stop++)
        {
            var (server, other) = (stop % 2, 1 - stop % 2);
            var batches = await Task.WhenAll(new[] { "fails", "succeeds", "cancelled", "hangs" }.Select(outcome => held.BeginAsync(server, $"{outcome}{stop}", Each)));
            var clock = Stopwatch.StartNew();
            rig.Servers[server].Send("TERM");
            await Held.UntilAsync(() => rig.Servers[server].Output.Contains("Application is shutting down", StringComparison.Ordinal), "the server hears that it shall stop");
            held.Open($"fails{stop}");
            held.Open($"succeeds{stop}");
            foreach (var id in batches[2]) Assert.True((await rig.Apis[other].KillAsync(id))?.IsAccepted, $"{id} could not be killed.");
            using var limit = new CancellationTokenSource(Limit);
            await rig.Servers[server].EndedAsync(limit.Token);
            longest = clock.Elapsed > longest ? clock.Elapsed : longest;
            held.Open($"hangs{stop}");
            held.Open($"cancelled{stop}");
            Assert.Empty(await rig.SettleAsync(Limit));
            foreach (var (ids, end) in batches.Zip(["FAILED", "SUCCESS", "KILLED", "SUCCESS"]))
                foreach (var id in ids) Assert.Equal(end, await rig.Apis[other].StateAsync(id));
            await rig.RunAgainAsync(server);
        }
        Assert.Empty(await rig.Invariants.AtTheEndAsync([], [], []));
        Report.Goal($"R-07: asked to stop {Stops} times with {4 * Each} tasks in hand each; {Stops * Each} failed, {Stops * Each} succeeded, {Stops * Each} were cancelled and {Stops * Each} hung meanwhile: 0 stuck, all with the right end; gone after {longest.TotalSeconds:0.0} s at most");
    }
}
