using System.Diagnostics;
using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>
/// Two servers on one database die again and again, at every named crash point and at random moments, and the database with them. What was acknowledged was written down
/// outside; in the end all of it is there once and has come to its end. <see cref="Setting"/> says how long.
/// </summary>
public sealed class SurvivalTests
{
    private readonly int seed = Setting.Seed;

    [Fact]
    public async Task Acknowledged_work_is_there_once_and_ends_whatever_dies_and_whenever()
    {
        var clock = Stopwatch.StartNew();
        await using var rig = await Rig.StartAsync();
        await rig.InstallAsync();
        var load = new Load(rig, seed);
        var faults = new Faults(rig.Nemesis, seed);
        var nemesis = new Nemesis(rig, faults, seed, Setting.Kills, TimeSpan.FromHours(Setting.Hours));
        using var ended = new CancellationTokenSource();
        var loading = load.RunAsync(ended.Token);
        try
        {
            await nemesis.RunAsync();
        }
        finally
        {
            await ended.CancelAsync();
            await loading;
        }
        var reckoning = await Reckoning.OfAsync(rig, load, seed);
        var counts = load.Counts;
        Report.Goal($"seed {seed}: {faults.All} faults in {clock.Elapsed.TotalMinutes:0.0} min: {faults}");
        Report.Goal($"acknowledged work: {rig.Acks.Lines.Select(ack => ack[0]).Distinct().Count()} submissions over {nemesis.Kills} kills of servers, {reckoning.Of("acknowledged")} lost, {reckoning.Of("one-execution")} doubled; loss per kill below {300.0 / nemesis.Kills:0.0} % with 95 % confidence");
        Report.Goal($"crash points: died at {nemesis.Reached}{(nemesis.PointsNotReached.Count == 0 ? "" : $"; not reached: {string.Join(", ", nemesis.PointsNotReached)}")}; {nemesis.Pace}");
        Report.Goal($"invariants: {Invariants.Count} queries, {nemesis.Violations.Count} violations in {nemesis.Looks} looks right after a fault, {reckoning.Violations.Count} at the end; {reckoning.Standing.Count} executions stand still");
        Report.Goal($"recovery, from the restart until everything has moved: {nemesis.Recoveries}; asked to stop under load: gone after {nemesis.LongestStop.TotalSeconds:0.0} s at most");
        Report.Goal($"schedule: {reckoning.Ticks.Count} seconds fired, {reckoning.Doubled} twice, {reckoning.Skipped} left out");
        Report.Goal($"clients: {counts.Refused} refused with 503 and Retry-After, {counts.Unanswered} without an answer, {counts.Repeated} sent twice at once, {load.Problems.Count} told something wrong; {rig.Decisions.Lines.Count} decisions, {counts.Halted} killed executions, {Repeated(rig.Ledger.Calls)} of {rig.Ledger.Calls.Count} calls outside were repeats, all with their first key");

        await reckoning.AssertAsync(rig, seed, [.. load.Problems, .. nemesis.Violations]);
        if (!Nemesis.IsBrief) Assert.Empty(nemesis.PointsNotReached);
    }

    private static int Repeated(IReadOnlyList<(string Key, string Body)> calls) => calls.Count - calls.DistinctBy(call => call.Body).Count();
}
