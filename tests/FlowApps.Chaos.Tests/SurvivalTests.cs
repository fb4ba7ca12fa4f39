using System.Globalization;
using Xunit.Abstractions;

namespace FlowApps.Chaos.Tests;

/// <summary>
/// Two servers on one database die again and again, at every named crash point and at random moments, and the database with them. What was acknowledged was written down
/// outside; in the end all of it is there once and has come to its end. FLOWAPPS_CHAOS_KILLS, _HOURS and _SEED change the run.
/// </summary>
public sealed class SurvivalTests(ITestOutputHelper print)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(4);
    private readonly int kills = (int)Setting("FLOWAPPS_CHAOS_KILLS", 60);
    private readonly double hours = Setting("FLOWAPPS_CHAOS_HOURS", 0);
    private readonly int seed = (int)Setting("FLOWAPPS_CHAOS_SEED", Environment.TickCount & 0xFFFFFF);

    [Fact]
    public async Task Acknowledged_work_is_there_once_and_ends_whatever_dies_and_whenever()
    {
        await using var rig = await Rig.StartAsync();
        await rig.InstallAsync();
        var load = new Load(rig, seed);
        var nemesis = new Nemesis(rig, seed, kills, TimeSpan.FromHours(hours));
        using var ended = new CancellationTokenSource();
        var loading = load.RunAsync(ended.Token);
        await nemesis.RunAsync();
        await ended.CancelAsync();
        await loading;
        var random = new Random(seed);
        using var limit = new CancellationTokenSource(Rest);
        // A client that got no answer asks again with the same key, and one that got an answer gets the same one.
        foreach (var key in load.Keys.Except(rig.Acks.Lines.Select(ack => ack[0])).ToList()) Assert.NotNull(await load.InsistAsync(key, random, limit.Token));
        foreach (var key in load.Keys.Take(200)) Assert.NotNull(await load.InsistAsync(key, random, limit.Token));
        var standing = await rig.SettleAsync(Rest);
        var acks = rig.Acks.Lines;
        var violations = await rig.Invariants.AtTheEndAsync(acks, rig.Decisions.Lines, rig.Ledger.Calls);
        var (doubled, skipped, ticks) = Ticks(await rig.Invariants.AskAsync("select convert_from(inputs, 'UTF8') from executions where flow_id = 'ticking'"));

        var acknowledged = acks.Select(ack => ack[0]).Distinct().Count();
        Report.Goal(print, $"seed {seed}: {nemesis.Kills} kills ({string.Join(", ", nemesis.Faults.OrderBy(fault => fault.Key).Select(fault => $"{fault.Value} {fault.Key}"))}, {rig.Proxies.Sum(proxy => proxy.Lost)} lost replies)");
        Report.Goal(print, $"acknowledged work: {acknowledged} submissions, {violations.Count(line => line.StartsWith("acknowledged", StringComparison.Ordinal))} lost, {violations.Count(line => line.StartsWith("one-execution", StringComparison.Ordinal))} doubled; loss per kill below {300.0 / nemesis.Kills:0.0} % with 95 % confidence");
        Report.Goal(print, $"crash points: {CrashPoints.All.Count - nemesis.PointsNotReached.Count} of {CrashPoints.All.Count} died at; not reached: {(nemesis.PointsNotReached.Count == 0 ? "none" : string.Join(", ", nemesis.PointsNotReached))}");
        Report.Goal(print, $"invariants: {Invariants.Count} queries, {nemesis.Violations.Count} violations right after a fault, {violations.Count} at the end; {standing.Count} executions stand still");
        Report.Goal(print, $"schedule: {ticks} seconds fired over the kills, {doubled.Count} twice, {skipped.Count} not at all");
        Report.Goal(print, $"clients: {load.Counts.Refused} refused with 503 and Retry-After, {load.Counts.Unanswered} without an answer, {load.Counts.Repeated} sent twice at once, {load.Problems.Count} told something wrong; {rig.Decisions.Lines.Count} decisions, {rig.Ledger.Calls.Count} side effects");

        Assert.Empty(load.Problems);
        Assert.Empty(nemesis.Violations);
        Assert.Empty(violations);
        Assert.Empty(standing);
        Assert.Empty(doubled);
        Assert.Empty(skipped);
        Assert.Empty(nemesis.PointsNotReached);
    }

    /// <summary>I9: against the calendar, which has every second once.</summary>
    private static (List<string> Doubled, List<string> Skipped, int All) Ticks(IReadOnlyList<string> inputs)
    {
        var dates = inputs.Select(json => DateTimeOffset.Parse(System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("date").GetString()!, CultureInfo.InvariantCulture)).Order().ToList();
        var doubled = dates.GroupBy(date => date).Where(group => group.Count() > 1).Select(group => $"{group.Key:O}: {group.Count()} times").ToList();
        var skipped = dates.Zip(dates.Skip(1)).Where(pair => pair.Second - pair.First > TimeSpan.FromSeconds(1)).Select(pair => $"from {pair.First:O} to {pair.Second:O}").ToList();
        return (doubled, skipped, dates.Count);
    }

    private static double Setting(string name, double otherwise) => double.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var given) ? given : otherwise;
}
