using System.Diagnostics;
using System.Globalization;
using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>
/// Kills the servers of a rig, one or both, round after round: at a named crash point under load or during the start, or at a random moment; stops them in their tracks, or
/// asks them to stop. Walks all crash points before it ends, if the time suffices. The same seed gives the same order of faults.
/// </summary>
internal sealed class Nemesis(Rig rig, Faults faults, int seed, int kills, TimeSpan atLeast)
{
    private const int MostMisses = 8;
    private static readonly TimeSpan LongestBriefRun = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan PointLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(1);

    // Points that a server only comes to when the other has left something behind: where that one dies, and stays away meanwhile.
    private static readonly Dictionary<string, string> LeftBy = new(StringComparer.Ordinal)
    {
        ["departed-before-release"] = "attempt-before-run",
        ["left-letter-before-delivery"] = "letters-before-post",
    };

    private readonly Random random = new(seed);
    private readonly Random[] fates = [.. rig.Servers.Select((_, server) => new Random(seed + 2 + server))];
    private readonly Queue<string> points = new(Shuffled(seed));
    private readonly Dictionary<string, int> misses = new(StringComparer.Ordinal);
    private readonly HashSet<string> reached = new(StringComparer.Ordinal);
    private readonly List<string> violations = [];
    private readonly List<TimeSpan> stops = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private int walks;

    /// <summary>How long it took until everything moved again after a restart.</summary>
    public Recoveries Recoveries { get; } = new(rig.Invariants);

    /// <summary>Whether it ends after some minutes whatever it has come to. A thorough run walks on until it died at every crash point.</summary>
    public static bool IsBrief { get; } = Times.Of(1, 0) > 0;

    /// <summary>How often servers died without warning.</summary>
    public int Kills { get; private set; }

    /// <summary>How often the raw tables were looked at right after a fault.</summary>
    public int Looks { get; private set; }

    /// <summary>Invariants found broken right after a fault.</summary>
    public IReadOnlyList<string> Violations => violations;

    public IReadOnlyList<string> PointsNotReached => [.. CrashPoints.All.Except(reached)];

    /// <summary>How long servers that were asked to stop took at most.</summary>
    public TimeSpan LongestStop => stops.DefaultIfEmpty().Max();

    public async Task RunAsync()
    {
        using var ended = new CancellationTokenSource();
        var database = new DatabaseFaults(rig, faults, seed + 1).RunAsync(ended.Token);
        try
        {
            while (clock.Elapsed < atLeast || !IsLate && (Kills < kills || points.Count > 0 && walks == 0)) await RoundAsync();
        }
        finally
        {
            await ended.CancelAsync();
            await database;
        }
    }

    /// <summary>A usual run on a slow machine ends before it has come to all of its kills and crash points, and says so.</summary>
    private bool IsLate => IsBrief && clock.Elapsed > LongestBriefRun;

    private async Task RoundAsync()
    {
        if (points.Count == 0 && walks++ >= 0)
            foreach (var point in Shuffled(random.Next())) points.Enqueue(point);
        var (one, other) = random.Next(2) == 0 ? (0, 1) : (1, 0);
        if (random.Next(4) == 0) await Task.WhenAll(MishapAsync(one), random.Next(2) == 0 ? MishapAsync(other) : Task.CompletedTask);
        else await WalkAsync(points.Dequeue(), one, other);
        await LookAsync();
        await RestartAsync();
    }

    /// <summary>One server dies at this point; the other lives, dies at another point, or dies before, where the point is about what it leaves behind.</summary>
    private async Task WalkAsync(string point, int one, int other)
    {
        if (LeftBy.TryGetValue(point, out var before))
        {
            rig.Servers[one].Tell(point);
            await DieAtAsync(other, before);
            await DieAtAsync(one, point);
        }
        else if (misses.GetValueOrDefault(point) == 0 && random.Next(6) == 0)
        {
            await MishapAsync(one);
            if (await RunAgainAsync(one, point)) await DieAtAsync(one, point);
        }
        else if (misses.GetValueOrDefault(point) == 0 && random.Next(3) > 0 && points.TryPeek(out var second) && misses.GetValueOrDefault(second) == 0 && !LeftBy.ContainsKey(second))
        {
            points.Dequeue();
            await Task.WhenAll(DieAtAsync(one, point), DieAtAsync(other, second));
        }
        else
        {
            await DieAtAsync(one, point);
        }
    }

    private async Task DieAtAsync(int server, string point)
    {
        rig.Servers[server].Tell(walks == 0 || LeftBy.ContainsKey(point) ? point : $"{point}:{fates[server].Next(1, 4)}");
        using var limit = new CancellationTokenSource(PointLimit);
        try
        {
            await rig.Servers[server].EndedAsync(limit.Token);
            Died(server, point);
        }
        catch (OperationCanceledException)
        {
            await KillAsync(server);
            misses[point] = misses.GetValueOrDefault(point) + 1;
            if (walks == 0 && misses[point] < MostMisses && !reached.Contains(point)) points.Enqueue(point);
        }
    }

    /// <summary>What befalls a server without a plan.</summary>
    private async Task MishapAsync(int server)
    {
        await Task.Delay(fates[server].Next(100, 2500));
        switch (fates[server].Next(4))
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
                stops.Add(asked.Elapsed);
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
        Kills++;
        faults.Add("random kills", Name(server));
    }

    private void Died(int server, string point)
    {
        Kills++;
        reached.Add(point);
        faults.Add("deaths at crash points", $"{Name(server)} {point}");
    }

    /// <summary>False when it died at the point before it listened.</summary>
    private async Task<bool> RunAgainAsync(int server, string point)
    {
        if (await rig.RunAgainAsync(server, point)) return true;
        Died(server, point);
        return false;
    }

    private async Task LookAsync()
    {
        if (await rig.Invariants.AtThisMomentAsync() is not { } found) return;
        Looks++;
        lock (violations) violations.AddRange(found);
    }

    private async Task RestartAsync()
    {
        var standing = await Recoveries.LookAsync();
        var since = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, rig.Servers.Count).Where(server => !rig.Servers[server].IsRunning).Select(server => rig.RunAgainAsync(server)));
        // Every other time the next fault comes at once.
        if (random.Next(2) == 0) await Recoveries.MeasureAsync(standing, since);
    }

    private static string Name(int server) => server.ToString(CultureInfo.InvariantCulture);

    private static string[] Shuffled(int seed)
    {
        var all = CrashPoints.All.ToArray();
        new Random(seed).Shuffle(all);
        return all;
    }
}
