using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>
/// Two servers on one database die again and again, at every named crash point and at random moments, and the database with them. What was acknowledged was written down
/// outside; in the end all of it is there once and has come to its end. <see cref="Setting"/> says how long.
/// </summary>
public sealed class SurvivalTests
{
    private const string TickDates = "select convert_from(inputs, 'UTF8') from executions where flow_id = 'ticking'";
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);
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
        var over = DateTimeOffset.UtcNow;
        await RepeatAsync(rig, load);
        var standing = await rig.SettleAsync(Rest);
        var ticks = await TicksUntilAsync(rig, over);
        var violations = await rig.Invariants.AtTheEndAsync(rig.Acks.Lines, rig.Decisions.Lines, rig.Ledger.Calls);
        var doubled = ticks.Zip(ticks.Skip(1)).Count(pair => pair.First == pair.Second);
        var skipped = ticks.Zip(ticks.Skip(1)).Count(pair => pair.Second - pair.First > TimeSpan.FromSeconds(1)) + (ticks[^1] < over - TimeSpan.FromSeconds(1) ? 1 : 0);

        var counts = load.Counts;
        Report.Goal($"seed {seed}: {faults.All} faults in {clock.Elapsed.TotalMinutes:0.0} min: {faults}");
        Report.Goal($"acknowledged work: {rig.Acks.Lines.Select(ack => ack[0]).Distinct().Count()} submissions over {nemesis.Kills} kills of servers, {Of("acknowledged")} lost, {Of("one-execution")} doubled; loss per kill below {300.0 / nemesis.Kills:0.0} % with 95 % confidence");
        Report.Goal($"crash points: {CrashPoints.All.Count - nemesis.PointsNotReached.Count} of {CrashPoints.All.Count} died at{(nemesis.PointsNotReached.Count == 0 ? "" : $"; not reached: {string.Join(", ", nemesis.PointsNotReached)}")}");
        Report.Goal($"invariants: {Invariants.Count} queries, {nemesis.Violations.Count} violations in {nemesis.Looks} looks right after a fault, {violations.Count} at the end; {standing.Count} executions stand still");
        Report.Goal($"recovery, from the restart until everything has moved: {nemesis.Recoveries}; asked to stop under load: gone after {nemesis.LongestStop.TotalSeconds:0.0} s at most");
        Report.Goal($"schedule: {ticks.Count} seconds fired, {doubled} twice, {skipped} left out");
        Report.Goal($"clients: {counts.Refused} refused with 503 and Retry-After, {counts.Unanswered} without an answer, {counts.Repeated} sent twice at once, {load.Problems.Count} told something wrong; {rig.Decisions.Lines.Count} decisions, {counts.Halted} killed executions, {Repeated(rig.Ledger.Calls)} of {rig.Ledger.Calls.Count} calls outside were repeats, all with their first key");

        string[] wrong = [.. load.Problems, .. nemesis.Violations, .. violations, .. standing.Select(execution => $"stands still: {execution}")];
        Assert.True(wrong.Length == 0, $"seed {seed}: {string.Join("\n", wrong.Take(20))}\n{await Stories.TellAsync(rig, wrong)}");
        Assert.Equal(0, doubled);
        Assert.Equal(0, skipped);
        if (!Nemesis.IsBrief) Assert.Empty(nemesis.PointsNotReached);

        int Of(string invariant) => violations.Count(line => line.StartsWith(invariant, StringComparison.Ordinal));
    }

    /// <summary>A client that got no answer asks again with the same key, and one that got an answer gets the same one.</summary>
    private async Task RepeatAsync(Rig rig, Load load)
    {
        var random = new Random(seed);
        using var limit = new CancellationTokenSource(Rest);
        foreach (var key in load.Keys.Except(rig.Acks.Lines.Select(ack => ack[0])).Concat(load.Keys.Take(200)).ToList()) Assert.NotNull(await load.CompleteAsync(key, random, limit.Token));
    }

    /// <summary>I9: the seconds that were fired, in order, once the schedule has come to the end of the faults; the calendar has every second once.</summary>
    private static async Task<IReadOnlyList<DateTimeOffset>> TicksUntilAsync(Rig rig, DateTimeOffset end)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var dates = (await rig.Invariants.AskAsync(TickDates)).Select(json => DateTimeOffset.Parse(JsonDocument.Parse(json).RootElement.GetProperty("date").GetString()!, CultureInfo.InvariantCulture)).Order().ToList();
            if (dates[^1] >= end || clock.Elapsed > Rest) return dates;
            await Task.Delay(500);
        }
    }

    private static int Repeated(IReadOnlyList<(string Key, string Body)> calls) => calls.Count - calls.DistinctBy(call => call.Body).Count();
}
