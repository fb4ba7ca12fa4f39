using System.Collections.Concurrent;
using FlowApps.Engine.Triggers;
using NodaTime;
using Xunit.Abstractions;

namespace FlowApps.Engine.Tests.Triggers;

/// <summary>Cron against an oracle of its own, over five years of daylight saving: forwards, backwards, a half hour, two hours, at midnight.</summary>
public sealed class CronOracleTests(ITestOutputHelper print)
{
    private const int Cases = 10_000;
    private const int Sparse = 300, Dense = 10_000;
    private static readonly Instant Begin = Instant.FromUtc(2021, 1, 1, 0, 0), End = Instant.FromUtc(2026, 1, 1, 0, 0);

    private static readonly string[] Zones =
    [
        "Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Europe/London", "Europe/Dublin", "America/St_Johns", "America/Havana", "Antarctica/Troll", "Pacific/Chatham",
        "Asia/Kathmandu", "Asia/Tokyo", "UTC",
    ];

    [Fact]
    public void Ten_thousand_expressions_and_zones_are_due_exactly_when_the_oracle_says()
    {
        var seed = Environment.TickCount;
        var wrong = new ConcurrentBag<string>();
        long dates = 0;
        Parallel.For(0, Cases, number =>
        {
            var random = new Random(seed + number);
            var cron = CronCase.Make(random);
            var name = Zones[random.Next(Zones.Length)];
            var zone = DateTimeZoneProviders.Tzdb[name];
            var count = CronOracle.Count(cron, Begin, End);
            foreach (var (from, to) in count <= Sparse ? [(Begin, End)] : Windows(zone, random, count <= Dense ? 30 : 4))
            {
                var expected = CronOracle.Dates(cron, zone, from, to);
                var difference = Difference(Cron.Parse(cron.Text), TimeZones.Find(name), from.ToDateTimeOffset(), to.ToDateTimeOffset(), expected);
                if (difference is not null) wrong.Add($"'{cron.Text}' in {name}: {difference}");
                Interlocked.Add(ref dates, expected.Count);
            }
        });
        print.WriteLine($"seed {seed}: {Cases} cases, {dates} dates, {wrong.Count} differences");
        Assert.True(wrong.IsEmpty, $"seed {seed}, {wrong.Count} differences:\n{string.Join('\n', wrong.Take(10))}");
    }

    /// <summary>An expression with many dates is looked at around each change of the clocks, the leap day and some other day.</summary>
    private static IEnumerable<(Instant From, Instant To)> Windows(DateTimeZone zone, Random random, int hours)
    {
        var changes = zone.GetZoneIntervals(Begin, End).Where(span => span.HasStart && span.Start > Begin).Select(span => span.Start);
        foreach (var middle in changes.Append(Instant.FromUtc(2024, 2, 29, 12, 0)).Append(Begin + NodaTime.Duration.FromHours(random.Next(24, 40_000))))
            yield return (middle - NodaTime.Duration.FromHours(hours), middle + NodaTime.Duration.FromHours(hours));
    }

    private static string? Difference(Cron cron, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to, List<DateTimeOffset> expected)
    {
        var at = 0;
        for (var date = cron.Next(from.AddTicks(-1), zone); date < to; date = cron.Next(date.Value, zone), at++)
            if (at >= expected.Count || date != expected[at]) return $"due at {date:u}, the oracle says {(at < expected.Count ? $"{expected[at]:u}" : "never again")}";
        if (at < expected.Count) return $"not due at {expected[at]:u}";
        at = expected.Count - 1;
        for (var date = cron.Previous(to, zone); date >= from; date = cron.Previous(date.Value, zone), at--)
            if (at < 0 || date != expected[at]) return $"backwards due at {date:u}, the oracle says {(at >= 0 ? $"{expected[at]:u}" : "never before")}";
        return at >= 0 ? $"backwards not due at {expected[at]:u}" : null;
    }
}
