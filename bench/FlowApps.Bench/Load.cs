using System.Diagnostics;

namespace FlowApps.Bench;

/// <summary>What one run of a workload gave.</summary>
internal sealed record Figures(string Name, int InFlight, double PerSecond, double P50Ms, double P99Ms, int Errors)
{
    /// <summary>A single value (start time, memory) instead of a rate.</summary>
    public double? Value { get; init; }
    public string? Unit { get; init; }
}

/// <summary>Keeps so many requests in flight for so long, each on a connection of its own.</summary>
internal static class Load
{
    public static async Task<Figures> RunAsync(string name, int port, int inFlight, TimeSpan length, Func<Wire, Task<bool>> once)
    {
        await BurstAsync(port, inFlight, TimeSpan.FromSeconds(Math.Min(3, length.TotalSeconds / 2)), once);
        var (latencies, errors, elapsed) = await BurstAsync(port, inFlight, length, once);
        latencies.Sort();
        return new Figures(name, inFlight, latencies.Count / elapsed.TotalSeconds, At(latencies, 0.5), At(latencies, 0.99), errors);
    }

    private static async Task<(List<double> Latencies, int Errors, TimeSpan Elapsed)> BurstAsync(int port, int inFlight, TimeSpan length, Func<Wire, Task<bool>> once)
    {
        var clock = Stopwatch.StartNew();
        var lanes = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            var latencies = new List<double>(4096);
            var errors = 0;
            using var wire = new Wire(port);
            while (clock.Elapsed < length)
            {
                var begun = Stopwatch.GetTimestamp();
                if (await once(wire)) latencies.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                else errors++;
            }
            return (latencies, errors);
        })));
        return (lanes.SelectMany(lane => lane.latencies).ToList(), lanes.Sum(lane => lane.errors), clock.Elapsed);
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)];
}
