namespace FlowApps.Bench;

/// <summary>What executions that wait cost: memory, the start of a server that finds them, resumes among them.</summary>
internal sealed class Holding(string program, string data, ServerDatabase database, Report report, TimeSpan length)
{
    private const int Resumed = 2000;

    public async Task MeasureAsync(int count)
    {
        IReadOnlyList<string> ids;
        double before;
        await using (var server = await TestServer.StartAsync(program, data))
        {
            // The same server has to have worked before, or what the first thousand leave behind would count too.
            var work = new Workloads(server.Port, length);
            ids = await work.PauseAsync(2 * Resumed);
            await ToldAsync();
            before = await server.RestingMegabytesAsync();
            ids = [.. ids, .. await work.PauseAsync(count)];
            await ToldAsync();
            report.Add(Figures.Single($"hold {count}: memory more (PSS)", await server.RestingMegabytesAsync() - before, "MB"));
            report.Add(await work.ResumeAsync($"hold {count}: resume", 16, ids.Take(Resumed)));
        }
        await using (var server = await TestServer.StartAsync(program, data))
        {
            report.Add(Figures.Single($"hold {count}: warm start", server.StartedIn.TotalSeconds, "s"));
            report.Add(Figures.Single($"hold {count}: memory at rest (PSS)", await server.RestingMegabytesAsync(), "MB"));
            report.Add(await new Workloads(server.Port, length).ResumeAsync($"hold {count}: resume after start", 1, ids.Skip(Resumed).Take(Resumed)));
        }
        report.Check("held", ids.Count - 2 * Resumed, await PausedAsync());
    }

    /// <summary>Until everybody who is asked has been told, which goes on for a while after so many at once.</summary>
    private async Task ToldAsync()
    {
        while (await database.AskAsync<bool>("select exists (select from notices)")) await Task.Delay(200);
    }

    private async Task<long> PausedAsync()
    {
        await using (await TestServer.StartAsync(program, data)) return await database.AskAsync<long>("select count(*) from waits where decided_at is null");
    }
}
