using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>
/// Kills the servers of a rig. First it walks: each server dies at one named crash point after the other, under load or during the start, without waiting for its neighbour, and
/// once in a while at a random moment instead. Then one or both die at random moments, round after round, and what stood still is watched until it moves. Servers are also
/// stopped in their tracks, or asked to stop. The same seed gives the same order of faults.
/// </summary>
internal sealed class Nemesis(Rig rig, Faults faults, int seed, int kills, TimeSpan atLeast)
{
    private const int MostMisses = 6;
    private static readonly TimeSpan LongestBriefRun = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan PointLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeftLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(1);

    // Points that a server only comes to when the other has left something behind: where that one dies, and stays away meanwhile.
    private static readonly Dictionary<string, string> LeftBy = new(StringComparer.Ordinal)
    {
        ["departed-before-release"] = "attempt-before-run",
        ["left-letter-before-delivery"] = "letters-before-post",
    };

    private readonly Random random = new(seed);
    private readonly Random[] fates = [.. rig.Servers.Select((_, server) => new Random(seed + 2 + server))];
    private readonly ConcurrentQueue<CrashPoint> points = new();
    private readonly ConcurrentDictionary<CrashPoint, int> misses = new();
    private readonly ConcurrentDictionary<CrashPoint, TimeSpan> reached = new();
    private readonly List<string> violations = [];
    private readonly ConcurrentQueue<TimeSpan> stops = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private int dead, looks;

    /// <summary>How many times all crash points are walked over: dying at the first hit of each, then at the second, then at the third.</summary>
    public static int Walks { get; } = Times.Of(1, 3);

    /// <summary>How long it took until everything moved again after a restart.</summary>
    public Recoveries Recoveries { get; } = new(rig.Invariants);

    /// <summary>Whether it ends after some minutes whatever it has come to. A thorough run goes on until it died at every hit of every crash point.</summary>
    public static bool IsBrief { get; } = Times.Of(1, 0) > 0;

    /// <summary>How often servers died without warning.</summary>
    public int Kills => dead;

    /// <summary>How often the raw tables were looked at right after a fault.</summary>
    public int Looks => looks;

    /// <summary>Invariants found broken right after a fault.</summary>
    public IReadOnlyList<string> Violations => violations;

    public IReadOnlyList<CrashPoint> PointsNotReached => [.. All.Except(reached.Keys)];

    /// <summary>How many hits of crash points a server died at, and how many there are.</summary>
    public string Reached => string.Join(", ", Enumerable.Range(1, Walks).Select(hit => $"{All.Count(point => point.Hit == hit && reached.ContainsKey(point))} of {CrashPoints.All.Count} at hit {hit}"));

    /// <summary>How long the walks took, and which points were waited for longest.</summary>
    public string Pace => $"walked in {Walked.TotalMinutes:0.0} min, the longest waits were for {string.Join(", ", reached.OrderByDescending(point => point.Value).Take(4).Select(point => $"{point.Key} ({point.Value.TotalSeconds:0} s)"))}";

    /// <summary>How long servers that were asked to stop took at most.</summary>
    public TimeSpan LongestStop => stops.DefaultIfEmpty().Max();

    private static IEnumerable<CrashPoint> All => Enumerable.Range(1, Walks).SelectMany(hit => CrashPoints.All.Select(name => new CrashPoint(name, hit)));

    private TimeSpan Walked { get; set; }

    /// <summary>A usual run on a slow machine ends before it has come to all of its kills and crash points, and says so.</summary>
    private bool IsLate => IsBrief && clock.Elapsed > LongestBriefRun;

    public async Task RunAsync()
    {
        using var ended = new CancellationTokenSource();
        var database = new DatabaseFaults(rig, faults, seed + 1).RunAsync(ended.Token);
        try
        {
            for (var hit = 1; hit <= Walks; hit++) await WalkAsync(hit);
            Walked = clock.Elapsed;
            while (clock.Elapsed < atLeast || !IsLate && Kills < kills) await RoundAsync();
        }
        finally
        {
            await ended.CancelAsync();
            await database;
        }
    }

    private async Task WalkAsync(int hit)
    {
        var all = CrashPoints.All.Where(name => !LeftBy.ContainsKey(name)).Select(name => new CrashPoint(name, hit)).ToArray();
        random.Shuffle(all);
        foreach (var point in all) points.Enqueue(point);
        await Task.WhenAll(Enumerable.Range(0, rig.Servers.Count).Select(FollowAsync));
        foreach (var (name, before) in LeftBy) await LeaveAsync(new CrashPoint(name, hit), new CrashPoint(before, 1));
    }

    /// <summary>One server dies at one point after the other.</summary>
    private async Task FollowAsync(int server)
    {
        while (!IsLate && points.TryDequeue(out var point))
        {
            if (fates[server].Next(4) == 0)
            {
                await MishapAsync(server);
                await LookAsync();
                if (await RunAgainAsync(server, point)) await DieAtAsync(server, point, PointLimit);
            }
            else
            {
                await DieAtAsync(server, point, PointLimit);
            }
            await LookAsync();
            await rig.RunAgainAsync(server);
            if (!reached.ContainsKey(point) && misses.AddOrUpdate(point, 1, (_, count) => count + 1) < MostMisses) points.Enqueue(point);
        }
    }

    /// <summary>The other server dies and stays away until this one has taken up what it left, as often as it takes to come to that hit.</summary>
    private async Task LeaveAsync(CrashPoint point, CrashPoint before)
    {
        var (one, other) = random.Next(2) == 0 ? (0, 1) : (1, 0);
        rig.Servers[one].Tell(point.ToString());
        for (var time = 0; time < point.Hit + MostMisses && !reached.ContainsKey(point) && !IsLate; time++)
        {
            await DieAtAsync(other, before, PointLimit);
            await EndedAsync(one, point, LeftLimit);
            await LookAsync();
            await rig.RunAgainAsync(other);
        }
        if (!rig.Servers[one].IsRunning) await rig.RunAgainAsync(one);
        rig.Servers[one].Tell("");
    }

    private async Task RoundAsync()
    {
        var (one, other) = random.Next(2) == 0 ? (0, 1) : (1, 0);
        await Task.WhenAll(MishapAsync(one), random.Next(2) == 0 ? MishapAsync(other) : Task.CompletedTask);
        await LookAsync();
        var standing = await Recoveries.LookAsync();
        var since = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, rig.Servers.Count).Where(server => !rig.Servers[server].IsRunning).Select(server => rig.RunAgainAsync(server)));
        await Recoveries.MeasureAsync(standing, since);
    }

    private async Task DieAtAsync(int server, CrashPoint point, TimeSpan limit)
    {
        rig.Servers[server].Tell(point.ToString());
        if (!await EndedAsync(server, point, limit)) await KillAsync(server);
    }

    /// <summary>Whether it died there before the limit.</summary>
    private async Task<bool> EndedAsync(int server, CrashPoint point, TimeSpan patience)
    {
        var waited = Stopwatch.StartNew();
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await rig.Servers[server].EndedAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        Died(server, point, waited.Elapsed);
        return true;
    }

    /// <summary>What befalls a server without a plan.</summary>
    private async Task MishapAsync(int server)
    {
        await Task.Delay(fates[server].Next(100, 2500));
        switch (fates[server].Next(5))
        {
            case 0:
                rig.Servers[server].Send("STOP");
                faults.Add("processes stopped in their tracks", Name(server));
                // Now and then longer than a lease.
                await Task.Delay(fates[server].Next(500, fates[server].Next(6) == 0 ? 16_000 : 4000));
                rig.Servers[server].Send("CONT");
                await Task.Delay(fates[server].Next(200, 1000));
                await KillAsync(server);
                break;
            case 1:
                faults.Add("requests to stop", Name(server));
                var asked = Stopwatch.StartNew();
                await StopAsync(server);
                stops.Enqueue(asked.Elapsed);
                break;
            default:
                await KillAsync(server);
                break;
        }
    }

    private async Task StopAsync(int server)
    {
        rig.Servers[server].Send("TERM");
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await rig.Servers[server].EndedAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            lock (violations) violations.Add($"asked to stop, a server ran on for {StopLimit.TotalSeconds} s; its last words: {string.Join(" | ", rig.Servers[server].Output.Split('\n').TakeLast(8))}");
            await KillAsync(server);
        }
    }

    private async Task KillAsync(int server)
    {
        await rig.Servers[server].KillAsync();
        Interlocked.Increment(ref dead);
        faults.Add("random kills", Name(server));
    }

    private void Died(int server, CrashPoint point, TimeSpan waited)
    {
        Interlocked.Increment(ref dead);
        reached.TryAdd(point, waited);
        faults.Add("deaths at crash points", $"{Name(server)} {point}");
    }

    /// <summary>False when it died at the point before it listened.</summary>
    private async Task<bool> RunAgainAsync(int server, CrashPoint point)
    {
        var waited = Stopwatch.StartNew();
        if (await rig.RunAgainAsync(server, point.ToString())) return true;
        Died(server, point, waited.Elapsed);
        return false;
    }

    private async Task LookAsync()
    {
        if (await rig.Invariants.AtThisMomentAsync() is not { } found) return;
        Interlocked.Increment(ref looks);
        lock (violations) violations.AddRange(found);
    }

    private static string Name(int server) => server.ToString(CultureInfo.InvariantCulture);
}
