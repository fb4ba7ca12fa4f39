using System.Collections.Concurrent;
using System.Diagnostics;

namespace FlowApps.Bench;

/// <summary>Keeps so many requests in flight, each on a connection of its own.</summary>
internal static class Load
{
    /// <summary>For so long, after a warm-up that is not measured.</summary>
    public static async Task<Figures> ForAsync(string name, int port, int inFlight, TimeSpan length, Func<Wire, Task<bool>> once)
    {
        var warm = await BurstAsync(port, inFlight, TimeSpan.FromSeconds(Math.Min(3, length.TotalSeconds / 2)), once);
        var (latencies, errors, elapsed) = await BurstAsync(port, inFlight, length, once);
        return Figures.Of(name, inFlight, latencies, elapsed, errors + warm.Errors, latencies.Count + warm.Latencies.Count);
    }

    /// <summary>Once for each item.</summary>
    public static async Task<Figures> EachAsync<T>(string name, int port, int inFlight, IEnumerable<T> items, Func<Wire, T, Task<bool>> once)
    {
        var left = new ConcurrentQueue<T>(items);
        var clock = Stopwatch.StartNew();
        var lanes = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(() => LaneAsync(port, () => left.TryDequeue(out var item) ? wire => once(wire, item) : null))));
        return Figures.Of(name, inFlight, [.. lanes.SelectMany(lane => lane.Latencies)], clock.Elapsed, lanes.Sum(lane => lane.Errors), lanes.Sum(lane => lane.Latencies.Count));
    }

    private static async Task<(List<double> Latencies, int Errors, TimeSpan Elapsed)> BurstAsync(int port, int inFlight, TimeSpan length, Func<Wire, Task<bool>> once)
    {
        var clock = Stopwatch.StartNew();
        var lanes = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(() => LaneAsync(port, () => clock.Elapsed < length ? once : null))));
        return ([.. lanes.SelectMany(lane => lane.Latencies)], lanes.Sum(lane => lane.Errors), clock.Elapsed);
    }

    private static async Task<(List<double> Latencies, int Errors)> LaneAsync(int port, Func<Func<Wire, Task<bool>>?> next)
    {
        var latencies = new List<double>(4096);
        var errors = 0;
        using var wire = new Wire(port);
        while (next() is { } once)
        {
            var begun = Stopwatch.GetTimestamp();
            if (await once(wire)) latencies.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            else errors++;
        }
        return (latencies, errors);
    }
}
