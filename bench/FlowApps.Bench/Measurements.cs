namespace FlowApps.Bench;

/// <summary>Everything that is measured on one running server, in the order of the comparison.</summary>
internal sealed class Measurements(TestServer server, ServerDatabase database, Report report, TimeSpan length)
{
    private readonly Workloads work = new(server.Port, length);
    private readonly Dictionary<string, long> answered = [];

    public async Task TakeAsync(Func<string, bool> wants, long grown)
    {
        if (wants("w5"))
        {
            report.Add(Figures.Single("w5 warm start to /health", server.StartedIn.TotalSeconds, "s"));
            report.Add(Figures.Single("w5 memory at rest (PSS)", await server.RestingMegabytesAsync(), "MB"));
        }
        await work.InstallAsync();
        if (wants("w1")) await OneTaskAsync();
        if (wants("w2")) await StartsAsync("w2", 1, 16);
        if (wants("w3")) await StartsAsync("w3", 1, 8);
        if (wants("w3sub")) await StartsAsync("w3sub", 1, 8);
        if (wants("w4")) await ResumesAsync();
        if (wants("w6")) await FormAsync();
        if (wants("forms")) foreach (var row in await new FormSpeed(server.Port).MeasureAsync()) report.Add(row);
        foreach (var name in (string[])["b1", "b2", "b3"])
            if (wants(name)) await StartsAsync(name, 1, 16);
        if (wants("kv")) await ValuesAsync();
        if (wants("webhook")) await WebhooksAsync();
        if (wants("long")) await LongAsync();
        if (wants("growth")) await GrowthAsync(grown > 0 ? grown : 1_000_000);
        foreach (var (flow, count) in answered) report.Check(flow, count, await database.SuccessesAsync(flow));
    }

    /// <summary>Returns the figures of the last, of which the costs are told too.</summary>
    private async Task<Figures> StartsAsync(string flow, params int[] inFlight)
    {
        foreach (var lanes in inFlight[..^1]) Count(flow, await work.StartAsync(flow, lanes));
        var before = await database.CostsAsync(server);
        var figures = await work.StartAsync(flow, inFlight[^1]);
        var costs = await database.CostsAsync(server) - before;
        Count(flow, figures);
        foreach (var row in costs.Per(flow, figures.Answered)) report.Add(row);
        return figures;
    }

    private void Count(string flow, Figures figures)
    {
        report.Add(figures);
        answered[flow] = answered.GetValueOrDefault(flow) + figures.Answered;
    }

    private async Task OneTaskAsync()
    {
        Count("w1", await work.StartAsync("w1", 64));
        var figures = await StartsAsync("w1", 1, 16);
        var limit = await database.LimitAsync(16, length);
        report.Add(limit);
        report.Add(Figures.Single("w1 of the database's own limit", 100 * figures.PerSecond / limit.PerSecond, "%"));
    }

    private async Task ResumesAsync()
    {
        foreach (var lanes in (int[])[1, 16])
        {
            var ids = await work.PauseAsync(2000);
            await work.ResumeAsync("w4 warm-up", lanes, ids.Take(500));
            Count("w4", await work.ResumeAsync("w4 resume", lanes, ids.Skip(500)));
            answered["w4"] += 500;
        }
    }

    private async Task FormAsync()
    {
        report.Add(await work.GetAsync("w6 form page", "/a/bench/w6"));
        Count("w6", await work.SubmitAsync("w6 submit to done", 1));
        Count("w6", await work.SubmitAsync("w6 submit to done", 8));
    }

    private async Task ValuesAsync()
    {
        report.Add(await work.KvAsync(1));
        var before = server.Processor();
        var reads = await work.KvAsync(16);
        report.Add(reads);
        report.Add(Figures.Single("kv get processor, server", (server.Processor() - before).TotalMilliseconds / reads.Answered, "ms per read"));
    }

    /// <summary>Calls start executions, one for each; the same id starts one however often it is called.</summary>
    private async Task WebhooksAsync()
    {
        foreach (var lanes in (int[])[1, 16]) Count("hook", await work.CallAsync(lanes));
        var repeats = await work.RepeatAsync(10_000, 16);
        report.Add(repeats);
        answered["once"] = repeats.Answered > 0 ? 1 : 0;
    }

    /// <summary>What a task run costs must not depend on how many the execution has already.</summary>
    private async Task LongAsync()
    {
        await work.StartOnceAsync("b3");
        var (hundred, _) = await work.StartOnceAsync("b3");
        await work.StartOnceAsync("loop10000");
        var (many, id) = await work.StartOnceAsync("loop10000");
        answered["b3"] = answered.GetValueOrDefault("b3") + 2;
        answered["loop10000"] = 2;
        report.Add(Figures.Single("a task run of 100", hundred.TotalMicroseconds / 100, "µs"));
        report.Add(Figures.Single("a task run of 10000", many.TotalMicroseconds / 10_000, "µs"));
        report.Add(await work.GetAsync("10000 task runs, API", $"/api/v1/main/executions/{id}"));
        report.Add(await work.GetAsync("10000 task runs, page", $"/executions/{id}"));
    }

    private async Task GrowthAsync(long count)
    {
        var small = await work.StartAsync("w1", 16);
        Count("w1", small with { Name = "w1 before growth" });
        await Growth.FillAsync(database, count);
        foreach (var (name, query) in Growth.Lists) report.Add(await work.GetAsync($"list at {count}: {name}", $"/api/v1/main/executions/search?size=25{query}"));
        report.Add(await work.GetAsync($"list at {count}: page", "/executions"));
        var large = await work.StartAsync("w1", 16);
        Count("w1", large with { Name = $"w1 at {count}" });
        report.Add(Figures.Single($"w1 at {count} of w1 before", 100 * large.PerSecond / small.PerSecond, "%"));
    }
}
