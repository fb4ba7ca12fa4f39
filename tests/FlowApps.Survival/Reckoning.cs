using System.Globalization;
using System.Text.Json;

namespace FlowApps.Survival;

/// <summary>What is asked of a rig under load when the faults are over and it has come to rest.</summary>
internal sealed record Reckoning(IReadOnlyList<string> Violations, IReadOnlyList<string> Standing, IReadOnlyList<DateTimeOffset> Ticks, bool IsBehind)
{
    public const string TickDates = "select convert_from(inputs, 'UTF8') from executions where flow_id = 'ticking'";
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    /// <summary>Seconds of the schedule that were fired twice.</summary>
    public int Doubled => Ticks.Zip(Ticks.Skip(1)).Count(pair => pair.First == pair.Second);

    /// <summary>Gaps in the schedule of every second.</summary>
    public int Skipped => Ticks.Zip(Ticks.Skip(1)).Count(pair => pair.Second - pair.First > TimeSpan.FromSeconds(1)) + (IsBehind ? 1 : 0);

    public static async Task<Reckoning> OfAsync(Rig rig, Load load, int seed)
    {
        var over = DateTimeOffset.UtcNow;
        await RepeatAsync(rig, load, seed);
        var standing = await rig.SettleAsync(Rest);
        var ticks = await TicksUntilAsync(rig, over);
        return new Reckoning(await rig.Invariants.AtTheEndAsync(rig.Acks.Lines, rig.Decisions.Lines, rig.Ledger.Calls), standing, ticks, ticks[^1] < over - TimeSpan.FromSeconds(1));
    }

    /// <summary>How many violations one of the invariants had.</summary>
    public int Of(string invariant) => Violations.Count(line => line.StartsWith(invariant, StringComparison.Ordinal));

    /// <summary>Fails with the stories of what went wrong, if anything did.</summary>
    public async Task AssertAsync(Rig rig, int seed, IEnumerable<string> more)
    {
        string[] wrong = [.. more, .. Violations, .. Standing.Select(execution => $"stands still: {execution}")];
        Assert.True(wrong.Length == 0, $"seed {seed}: {string.Join("\n", wrong.Take(20))}\n{(wrong.Length == 0 ? "" : await Stories.TellAsync(rig, wrong))}");
        Assert.Equal(0, Doubled);
        Assert.Equal(0, Skipped);
    }

    /// <summary>A client that got no answer asks again with the same key, and one that got an answer gets the same one.</summary>
    private static async Task RepeatAsync(Rig rig, Load load, int seed)
    {
        var random = new Random(seed);
        using var limit = new CancellationTokenSource(Rest);
        foreach (var key in load.Keys.Except(rig.Acks.Lines.Select(ack => ack[0])).Concat(load.Keys.Take(200)).ToList()) Assert.NotNull(await load.CompleteAsync(key, random, limit.Token));
    }

    /// <summary>I9: the seconds that were fired, in order, once the schedule has come to the end of the faults; the calendar has every second once.</summary>
    private static async Task<IReadOnlyList<DateTimeOffset>> TicksUntilAsync(Rig rig, DateTimeOffset end)
    {
        using var limit = new CancellationTokenSource(Rest);
        while (true)
        {
            var dates = (await rig.Invariants.AskAsync(TickDates)).Select(json => DateTimeOffset.Parse(JsonDocument.Parse(json).RootElement.GetProperty("date").GetString()!, CultureInfo.InvariantCulture)).Order().ToList();
            if (dates[^1] >= end || limit.IsCancellationRequested) return dates;
            await Task.Delay(500);
        }
    }
}
