using System.Text;

namespace FlowApps.Bench;

/// <summary>Many enabled schedules, each of a flow of its own and none of them due: how long a start takes with them, and what waiting for them costs.</summary>
internal static class ScheduleLoad
{
    private const int Lanes = 32;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(65);

    public static async Task<IReadOnlyList<Figures>> MeasureAsync(string server, int count)
    {
        var data = Directory.CreateTempSubdirectory("flowapps-bench-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(data, (UnixFileMode)0b111_101_101);
        try
        {
            double before;
            await using (var empty = await TestServer.StartAsync(server, data)) before = await RestAsync(empty);
            await using (var filling = await TestServer.StartAsync(server, data))
            {
                await FillAsync(filling.Port, count);
                await PlannedAsync(filling, count);
            }
            await using var full = await TestServer.StartAsync(server, data);
            var after = await RestAsync(full);
            return
            [
                Figures.Single($"start with {count} schedules", full.StartedIn.TotalSeconds, "s"),
                Figures.Single("at rest without them", before, "ms of processor a second"),
                Figures.Single("at rest with them", after, "ms of processor a second"),
                Figures.Single("memory with them (PSS)", await full.RestingMegabytesAsync(), "MB"),
            ];
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>Processor time of server and database together while nothing is asked, over two of the scheduler's looks.</summary>
    private static async Task<double> RestAsync(TestServer server)
    {
        await Task.Delay(TimeSpan.FromSeconds(5));
        var begun = server.Processor() + server.DatabaseProcessor();
        await Task.Delay(Rest);
        return (server.Processor() + server.DatabaseProcessor() - begun).TotalMilliseconds / Rest.TotalSeconds;
    }

    /// <summary>Until each schedule has the row that makes it fire.</summary>
    private static async Task PlannedAsync(TestServer server, int count)
    {
        await using var database = new ServerDatabase(server.Data);
        while (await database.AskAsync<long>("select count(*) from triggers") < count) await Task.Delay(100);
    }

    private static Task FillAsync(int port, int count) => Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(async () =>
    {
        using var wire = new Wire(port);
        for (var number = lane; number < count; number += Lanes)
        {
            // Some minute of the last day of a leap year's February: never while this runs.
            var source = $"id: f{number}\nnamespace: many.n{number % 100}\ntasks:\n  - {{id: one, type: core.debug.Return, format: done}}\ntriggers:\n  - {{id: s, type: core.trigger.Schedule, cron: \"{number % 60} {number % 24} 29 2 *\"}}\n";
            var (status, body) = await wire.SendAsync(Wire.Request("POST", "/api/v1/main/flows", TestServer.Authorization, source));
            if (status is not (200 or 201)) throw new InvalidOperationException($"{number}: {status} {Encoding.UTF8.GetString(body.Span)}");
        }
    })));
}
