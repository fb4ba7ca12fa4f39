using System.Text;

namespace FlowApps.Bench;

/// <summary>The work of the comparison: each starts an execution and waits for its end through the public API.</summary>
internal sealed class Workloads(int port, TimeSpan length)
{
    private static readonly Dictionary<string, string> Flows = new()
    {
        ["w1"] = "tasks:\n  - {id: one, type: core.debug.Return, format: done}",
        ["w2"] = "tasks:\n" + string.Concat(Enumerable.Range(1, 10).Select(i => $"  - {{id: t{i}, type: core.debug.Return, format: done}}\n")),
        ["w3"] = "tasks:\n  - id: all\n    type: core.flow.Parallel\n    tasks:\n" + string.Concat(Enumerable.Range(1, 50).Select(i => $"      - {{id: t{i}, type: core.debug.Return, format: done}}\n")),
        ["w3sub"] = "tasks:\n  - id: all\n    type: core.flow.ForEach\n    concurrencyLimit: 0\n    values: \"{{ range(1, 50) }}\"\n    tasks:\n      - {id: child, type: core.flow.Subflow, namespace: bench, flowId: w1}",
        ["w4"] = "tasks:\n  - {id: wait, type: core.flow.Pause}\n  - {id: after, type: core.debug.Return, format: done}",
        ["b1"] = "tasks:\n  - {id: one, type: core.log.Log, message: hello}\n  - {id: two, type: core.debug.Return, format: done}",
        ["b2"] = "tasks:\n" + string.Concat(Enumerable.Range(1, 5).Select(i => $"  - id: if{i}\n    type: core.flow.If\n    condition: \"{{{{ 1 == 1 }}}}\"\n    then:\n      - {{id: log{i}, type: core.log.Log, message: hello}}\n")),
        ["b3"] = "tasks:\n  - id: loop\n    type: core.flow.ForEach\n    values: \"{{ range(1, 100) }}\"\n    tasks:\n      - {id: log, type: core.log.Log, message: \"{{ taskrun.value }}\"}",
    };

    public async Task InstallAsync()
    {
        using var wire = new Wire(port);
        foreach (var (id, tasks) in Flows)
        {
            var (status, body) = await wire.SendAsync(Wire.Request("POST", "/api/v1/main/flows", TestServer.Authorization, $"id: {id}\nnamespace: bench\n{tasks}\n"));
            if (status is not (200 or 201 or 409 or 422)) throw new InvalidOperationException($"{id}: {status} {Encoding.UTF8.GetString(body.Span)}");
        }
    }

    public Task<Figures> StartAsync(string id, int inFlight)
    {
        var request = Wire.Request("POST", $"/api/v1/main/executions/bench/{id}?wait=true", TestServer.Authorization);
        return Load.RunAsync(id, port, inFlight, length, async wire =>
        {
            var (status, body) = await wire.SendAsync(request);
            return status == 200 && body.Span.IndexOf("\"current\":\"SUCCESS\""u8) >= 0;
        });
    }

    /// <summary>Resumes paused executions made beforehand; the latency is the resume's alone.</summary>
    public async Task<Figures> ResumeAsync(int inFlight, int count)
    {
        var start = Wire.Request("POST", "/api/v1/main/executions/bench/w4", TestServer.Authorization);
        var paused = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            using var wire = new Wire(port);
            for (var i = 0; i < count / 16; i++)
            {
                var (_, body) = await wire.SendAsync(start);
                // The answer may come in chunks: the id is its first field.
                var text = Encoding.UTF8.GetString(body.Span);
                paused.Add(text.Substring(text.IndexOf("\"id\":\"", StringComparison.Ordinal) + 6, 22));
            }
        }));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var latencies = new List<double>();
        var errors = 0;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            using var wire = new Wire(port);
            while (paused.TryTake(out var id))
            {
                var begun = System.Diagnostics.Stopwatch.GetTimestamp();
                var (status, _) = await wire.SendAsync(Wire.Request("POST", $"/api/v1/main/executions/{id}/resume", TestServer.Authorization));
                lock (latencies)
                {
                    if (status is 200 or 204) latencies.Add(System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                    else errors++;
                }
            }
        }));
        latencies.Sort();
        return new Figures("w4 resume", inFlight, latencies.Count / clock.Elapsed.TotalSeconds, latencies[latencies.Count / 2], latencies[(int)(latencies.Count * 0.99)], errors);
    }

    /// <summary>Reads one value of a namespace again and again.</summary>
    public async Task<Figures> KvAsync(int inFlight, Func<TimeSpan> processor)
    {
        using (var wire = new Wire(port)) await wire.SendAsync(Wire.Request("PUT", "/api/v1/main/namespaces/bench/kv/answer", TestServer.Authorization, "42"));
        var request = Wire.Request("GET", "/api/v1/main/namespaces/bench/kv/answer", TestServer.Authorization);
        var before = processor();
        var reads = 0L;
        var figures = await Load.RunAsync("kv get", port, inFlight, length, async wire =>
        {
            Interlocked.Increment(ref reads);
            return (await wire.SendAsync(request)).Status == 200;
        });
        Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"kv get, processor time of the server for each: {(processor() - before).TotalMicroseconds / reads:0} us"));
        return figures;
    }

    public Task<Figures> PageAsync(string name, string path)
    {
        var request = Wire.Request("GET", path, TestServer.Authorization);
        return Load.RunAsync(name, port, 1, length, async wire => (await wire.SendAsync(request)).Status == 200);
    }

    /// <summary>How many executions of a flow there are, asked of the product's own list after the run.</summary>
    public async Task<long> CountAsync(string id)
    {
        using var wire = new Wire(port);
        var (_, body) = await wire.SendAsync(Wire.Request("GET", $"/api/v1/main/executions/search?namespace=bench&flowId={id}&state=SUCCESS&size=1", TestServer.Authorization));
        var text = Encoding.UTF8.GetString(body.Span);
        var at = text.IndexOf("\"total\":", StringComparison.Ordinal);
        return at < 0 ? -1 : long.Parse(new string(text[(at + 8)..].TakeWhile(char.IsDigit).ToArray()), System.Globalization.CultureInfo.InvariantCulture);
    }
}
