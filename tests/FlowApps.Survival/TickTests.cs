using System.Diagnostics;
using FlowApps.Testing;
using FlowApps.Testing.Servers;
using Npgsql;

namespace FlowApps.Survival;

/// <summary>
/// Two schedulers on one database, killed at random. Each second that an oracle of a few lines says is due has one execution, none has two.
/// </summary>
public sealed class TickTests
{
    private const string Namespace = "ticks";
    private static readonly TimeSpan SettleLimit = TimeSpan.FromMinutes(3);
    private static readonly int Wanted = Times.Of(100, 10_000);
    private readonly int seed = Setting.Seed;

    private static readonly IReadOnlyList<Schedule> Schedules =
    [
        .. Enumerable.Range(0, Times.Of(0, 12)).Select(number => new Schedule($"each-{number}", "* * * * * *", "UTC", _ => true)),
        new("each", "* * * * * *", "UTC", _ => true),
        new("each-elsewhere", "* * * * * *", "Australia/Lord_Howe", _ => true),
        new("even", "*/2 * * * * *", "Europe/Zurich", at => at.Second % 2 == 0),
        new("third", "1-59/3 * * * * *", "UTC", at => at.Second % 3 == 1),
        new("minutes", "*/5 */2 * * * *", "UTC", at => at.Second % 5 == 0 && at.Minute % 2 == 0),
        new("listed", "7,8,23,42,58 * * * * *", "America/New_York", at => at.Second is 7 or 8 or 23 or 42 or 58),
    ];

    [Fact]
    public async Task Every_second_that_is_due_is_fired_once_while_two_schedulers_are_killed_at_random()
    {
        var random = new Random(seed);
        await using var keeper = await ServerProcess.StartAsync("--FlowApps:Roles=web");
        var neighbours = await DatabaseOfAsync(keeper);
        var schedulers = new List<ServerProcess>();
        try
        {
            foreach (var node in new[] { "one", "two" })
                schedulers.Add(await ServerProcess.StartAsync(new Dictionary<string, string> { ["ConnectionStrings__FlowApps"] = neighbours, ["FlowApps__Node"] = node }));
            using var api = new Api(keeper);
            foreach (var schedule in Schedules) await api.InstallAsync(schedule.Source);

            var (clock, kills) = (Stopwatch.StartNew(), 0);
            while ((await api.CountAsync(Namespace)) < Wanted)
            {
                await Task.Delay(random.Next(500, 4000));
                // Now one, now the other, now both.
                var dead = random.Next(3) is var which && which == 2 ? schedulers : [schedulers[which]];
                foreach (var scheduler in dead) await scheduler.KillAsync();
                kills += dead.Count;
                await Task.Delay(random.Next(0, 3000));
                foreach (var scheduler in dead) await scheduler.RunAgainAsync();
            }
            var end = DateTimeOffset.UtcNow;
            var (missed, fired) = await SettleAsync(api, end);
            Report.Goal($"two schedulers: seed {seed}, {fired.Sum(pair => pair.Value.Count)} ticks in {clock.Elapsed.TotalSeconds:0} s over {kills} kills, {missed.Count} missed, {fired.Sum(pair => pair.Value.Count - pair.Value.Distinct().Count())} doubled");
            foreach (var (id, dates) in fired) Assert.True(dates.Count == dates.Distinct().Count(), $"seed {seed}: {id} was fired twice at {string.Join(", ", dates.GroupBy(date => date).Where(same => same.Count() > 1).Select(same => same.Key))}");
            Assert.True(missed.Count == 0, $"seed {seed}: missed {string.Join(", ", missed.Take(10))}");
            foreach (var (id, dates) in fired) Assert.All(dates, date => Assert.True(Schedules.Single(schedule => schedule.Id == id).IsDue(date), $"{id} is not due at {date:O}"));
        }
        finally
        {
            foreach (var scheduler in schedulers) await scheduler.DisposeAsync();
        }
    }

    /// <summary>Where the built-in database of a server is, for others that share it.</summary>
    private static async Task<string> DatabaseOfAsync(ServerProcess server)
    {
        // The server's own postmaster writes its socket folder on the fifth line of its pid file.
        var socket = (await File.ReadAllLinesAsync(Path.Combine(server.Folder, "data", "pg", "postmaster.pid")))[4];
        return new NpgsqlConnectionStringBuilder { Host = socket, Username = "flowapps", Database = "postgres" }.ConnectionString;
    }

    /// <summary>Waits until what was due by the end has been made up for; returns what has not.</summary>
    private static async Task<(IReadOnlyList<string> Missed, IReadOnlyDictionary<string, List<DateTimeOffset>> Fired)> SettleAsync(Api api, DateTimeOffset end)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var fired = (await api.SearchAsync(Namespace)).GroupBy(execution => execution.GetProperty("flowId").GetString()!)
                .ToDictionary(group => group.Key, group => group.Select(execution => execution.GetProperty("trigger").GetProperty("variables").GetProperty("date").GetDateTimeOffset()).ToList());
            var missed = Schedules.SelectMany(schedule => fired.TryGetValue(schedule.Id, out var dates) ? Missed(schedule, [.. dates], end) : [$"{schedule.Id} altogether"]).ToList();
            if (missed.Count == 0 || clock.Elapsed > SettleLimit) return (missed, fired);
            await Task.Delay(500);
        }
    }

    /// <summary>From its first tick to the end, second by second.</summary>
    private static IEnumerable<string> Missed(Schedule schedule, HashSet<DateTimeOffset> dates, DateTimeOffset end)
    {
        for (var at = dates.Min(); at <= end; at = at.AddSeconds(1))
            if (schedule.IsDue(at) && !dates.Contains(at)) yield return $"{schedule.Id} at {at:HH:mm:ss}";
    }

    private sealed record Schedule(string Id, string Cron, string Zone, Func<DateTimeOffset, bool> IsDue)
    {
        public string Source => $$"""
            id: {{Id}}
            namespace: {{Namespace}}
            triggers:
              - {id: clock, type: core.trigger.Schedule, cron: "{{Cron}}", withSeconds: true, timezone: {{Zone}}, recoverMissedSchedules: ALL}
            tasks:
              - {id: log, type: core.log.Log, message: tick}
            """;
    }
}
