using System.Globalization;
using System.Text.Json;

namespace FlowApps.Bench;

/// <summary>The rows so far, printed as they come.</summary>
internal sealed class Report
{
    private readonly List<Figures> rows = [];
    private int wrong;

    public void Add(Figures row)
    {
        rows.Add(row);
        wrong += row.Errors;
        Console.WriteLine(row.Value is { } value
            ? string.Create(CultureInfo.InvariantCulture, $"{row.Name,-32} {value,12:0.###} {row.Unit}")
            : string.Create(CultureInfo.InvariantCulture, $"{row.Name,-32} in flight {row.InFlight,3}: {row.PerSecond,9:0.0}/s  p50 {row.P50Ms,7:0.00} ms  p99 {row.P99Ms,7:0.00} ms{(row.Errors > 0 ? $"  {row.Errors} errors" : "")}"));
    }

    /// <summary>What was answered has to be what is in the database.</summary>
    public void Check(string what, long answered, long stored)
    {
        if (answered == stored) return;
        wrong++;
        Console.WriteLine($"{what}: {answered} were answered, but the database holds {stored}");
    }

    /// <summary>True when every answer was as wanted and every check came out.</summary>
    public bool Close()
    {
        Console.WriteLine(wrong == 0 ? "Every answer stands in the database." : $"{wrong} answers or checks were wrong.");
        return wrong == 0;
    }

    public string ToJson() => JsonSerializer.Serialize(rows.Select(row => new { name = row.Name, inFlight = row.InFlight, perSecond = row.PerSecond, p50Ms = row.P50Ms, p99Ms = row.P99Ms, value = row.Value, unit = row.Unit }));
}
