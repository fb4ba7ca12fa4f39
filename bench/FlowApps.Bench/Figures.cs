namespace FlowApps.Bench;

/// <summary>What one measurement gave: a rate with its latencies, or a single value with its unit.</summary>
internal sealed record Figures(string Name, int InFlight)
{
    public double PerSecond { get; init; }
    public double P50Ms { get; init; }
    public double P99Ms { get; init; }
    public double? Value { get; init; }
    public string? Unit { get; init; }

    /// <summary>Requests that were answered otherwise than wanted.</summary>
    public int Errors { get; init; }

    /// <summary>Requests that were answered as wanted, those of the warm-up too: so many executions the database has to hold.</summary>
    public int Answered { get; init; }

    public static Figures Single(string name, double value, string unit) => new(name, 1) { Value = value, Unit = unit };

    /// <summary>From the latencies of the measured requests, in milliseconds and any order.</summary>
    public static Figures Of(string name, int inFlight, List<double> latencies, TimeSpan elapsed, int errors, int answered)
    {
        latencies.Sort();
        return new Figures(name, inFlight)
        {
            PerSecond = latencies.Count / elapsed.TotalSeconds,
            P50Ms = At(latencies, 0.5),
            P99Ms = At(latencies, 0.99),
            Errors = errors,
            Answered = answered,
        };
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)];
}
