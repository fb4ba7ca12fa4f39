using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace FlowApps.Chaos.Tests;

/// <summary>
/// Kills the servers of a rig again and again, each at a named crash point or at a random moment, and disturbs the database beside it. The same seed gives the same faults.
/// </summary>
internal sealed class Nemesis(Rig rig, int seed, int kills, TimeSpan atLeast)
{
    private static readonly TimeSpan PointLimit = TimeSpan.FromSeconds(40);
    private readonly ConcurrentQueue<string> points = new(Shuffled(CrashPoints.All, seed));
    private readonly ConcurrentDictionary<string, int> faults = new();
    private readonly ConcurrentDictionary<string, int> missed = new();
    private readonly ConcurrentQueue<string> violations = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private int killed;

    /// <summary>What was done, and how often.</summary>
    public IReadOnlyDictionary<string, int> Faults => faults;

    /// <summary>Points at which no process died, though each was tried three times.</summary>
    public IReadOnlyList<string> PointsNotReached => [.. points];

    /// <summary>Invariants found broken right after a fault.</summary>
    public IReadOnlyCollection<string> Violations => violations;

    public int Kills => killed;

    public async Task RunAsync()
    {
        using var ended = new CancellationTokenSource();
        var database = DisturbAsync(new Random(seed), ended.Token);
        await Task.WhenAll(Enumerable.Range(0, rig.Servers.Count).Select(server => KillAsync(server, new Random(seed + 1 + server))));
        await ended.CancelAsync();
        await database;
    }

    private async Task KillAsync(int server, Random random)
    {
        while (Volatile.Read(ref killed) < kills || clock.Elapsed < atLeast || !points.IsEmpty && missed.Values.All(count => count < 3))
        {
            var point = !rig.Servers[server].IsRunning && random.Next(3) > 0 && points.TryDequeue(out var next) ? next : null;
            if (point is null) rig.Servers[server].Environment.Remove("FLOWAPPS_CRASH");
            else rig.Servers[server].Environment["FLOWAPPS_CRASH"] = point;
            if (!rig.Servers[server].IsRunning) await rig.RunAgainAsync(server);
            if (point is null) await DieAtRandomAsync(server, random);
            else await DieAtAsync(server, point);
            Interlocked.Increment(ref killed);
            foreach (var violation in await rig.Invariants.AtThisMomentAsync()) violations.Enqueue(violation);
        }
        rig.Servers[server].Environment.Remove("FLOWAPPS_CRASH");
        if (!rig.Servers[server].IsRunning) await rig.RunAgainAsync(server);
    }

    private async Task DieAtAsync(int server, string point)
    {
        using var limit = new CancellationTokenSource(PointLimit);
        try
        {
            await rig.Servers[server].EndedAsync(limit.Token);
            Note($"died at {point}", server);
            Count("named crash points");
        }
        catch (OperationCanceledException)
        {
            await rig.Servers[server].KillAsync();
            Note($"killed, not having come to {point}", server);
            Count("random kills");
            missed.AddOrUpdate(point, 1, (_, count) => count + 1);
            points.Enqueue(point);
        }
    }

    private async Task DieAtRandomAsync(int server, Random random)
    {
        await Task.Delay(random.Next(100, 2500));
        if (random.Next(4) == 0)
        {
            rig.Servers[server].Send("STOP");
            Note("stopped in its tracks", server);
            Count("processes stopped and let go on");
            await Task.Delay(random.Next(500, 4000));
            rig.Servers[server].Send("CONT");
            await Task.Delay(random.Next(200, 1000));
        }
        await rig.Servers[server].KillAsync();
        Note("killed", server);
        Count("random kills");
    }

    private async Task DisturbAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(random.Next(1500, 5000), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return;
            var proxy = random.Next(rig.Proxies.Count);
            switch (random.Next(8))
            {
                case 0:
                    rig.KillPostgres();
                    Count("database kills");
                    break;
                case 1:
                    await rig.TerminateConnectionsAsync();
                    Count("rounds of terminated connections");
                    break;
                case 2:
                    rig.Proxies[proxy].Cut();
                    Count("cut networks");
                    break;
                case 3:
                    rig.Proxies[proxy].IsDown = true;
                    await Task.Delay(random.Next(500, 7000), CancellationToken.None);
                    rig.Proxies[proxy].IsDown = false;
                    Count("networks down for a while");
                    break;
                default:
                    for (var times = 0; times < 5; times++)
                    {
                        rig.Proxies[proxy].LoseNext();
                        await Task.Delay(100, CancellationToken.None);
                    }
                    break;
            }
            Note("disturbed", proxy);
        }
    }

    private void Note(string what, int server) => rig.Nemesis.Write(seed.ToString(CultureInfo.InvariantCulture), server.ToString(CultureInfo.InvariantCulture), what);

    private void Count(string what) => faults.AddOrUpdate(what, 1, (_, count) => count + 1);

    private static IEnumerable<string> Shuffled(IReadOnlyList<string> names, int seed)
    {
        var all = names.ToArray();
        new Random(seed).Shuffle(all);
        return all;
    }
}
