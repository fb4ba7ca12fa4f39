using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlowApps.Bench;

/// <summary>The work of the comparison, through the public API: each start waits for its end, each resume for what follows it at once.</summary>
internal sealed class Workloads(int port, TimeSpan length)
{
    private const string HookKey = "a-key-of-the-bench", HookSecret = "a-secret-of-the-bench";

    private static readonly Dictionary<string, string> Flows = new()
    {
        ["w1"] = "tasks:\n  - {id: one, type: core.debug.Return, format: done}",
        ["w2"] = "tasks:\n" + string.Concat(Enumerable.Range(1, 10).Select(i => $"  - {{id: t{i}, type: core.debug.Return, format: done}}\n")),
        ["w3"] = "tasks:\n  - id: all\n    type: core.flow.Parallel\n    tasks:\n" + string.Concat(Enumerable.Range(1, 50).Select(i => $"      - {{id: t{i}, type: core.debug.Return, format: done}}\n")),
        ["child"] = "tasks:\n  - {id: one, type: core.debug.Return, format: done}",
        ["w3sub"] = "tasks:\n  - id: all\n    type: core.flow.ForEach\n    concurrencyLimit: 0\n    values: \"{{ range(1, 50) }}\"\n    tasks:\n      - {id: child, type: core.flow.Subflow, namespace: bench, flowId: child}",
        ["w4"] = "tasks:\n  - {id: wait, type: core.flow.Pause}\n  - {id: after, type: core.debug.Return, format: done}",
        ["w6"] = "inputs:\n  - {id: name, type: STRING}\ntasks:\n  - {id: one, type: core.debug.Return, format: \"{{ inputs.name }}\"}",
        ["hook"] = $"tasks:\n  - {{id: one, type: core.debug.Return, format: done}}\ntriggers:\n  - {{id: call, type: core.trigger.Webhook, key: {HookKey}}}",
        ["once"] = $"tasks:\n  - {{id: one, type: core.debug.Return, format: done}}\ntriggers:\n  - {{id: call, type: core.trigger.Webhook, key: {HookKey}, signingSecrets: [{HookSecret}]}}",
        ["b1"] = "tasks:\n  - {id: one, type: core.log.Log, message: hello}\n  - {id: two, type: core.debug.Return, format: done}",
        ["b2"] = "tasks:\n" + string.Concat(Enumerable.Range(1, 5).Select(i => $"  - id: if{i}\n    type: core.flow.If\n    condition: \"{{{{ 1 == 1 }}}}\"\n    then:\n      - {{id: log{i}, type: core.log.Log, message: hello}}\n")),
        ["b3"] = Loop(100),
        ["loop10000"] = Loop(10_000),
    };

    private const string App = """
        id: w6
        type: apps.Execution
        displayName: Bench
        namespace: bench
        flowId: w6
        layout:
          - on: OPEN
            blocks:
              - type: apps.execution.blocks.CreateExecutionForm
              - type: apps.execution.blocks.CreateExecutionButton
                text: Send
        """;

    public async Task InstallAsync()
    {
        using var wire = new Wire(port);
        foreach (var (id, tasks) in Flows) await SaveAsync(wire, "/api/v1/main/flows", id, $"id: {id}\nnamespace: bench\n{tasks}\n");
        await SaveAsync(wire, "/api/v1/main/apps", "w6", App);
    }

    /// <summary>Starts of a flow, each answered when its execution has ended.</summary>
    public Task<Figures> StartAsync(string flow, int inFlight)
    {
        var request = Wire.Request("POST", $"/api/v1/main/executions/bench/{flow}?wait=true", TestServer.Authorization);
        return Load.ForAsync(flow, port, inFlight, length, wire => EndsWellAsync(wire, request));
    }

    /// <summary>One start, answered when its execution has ended. Returns how long it took and the id.</summary>
    public async Task<(TimeSpan Took, string Id)> StartOnceAsync(string flow)
    {
        using var wire = new Wire(port);
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        var (_, body) = await wire.SendAsync(Wire.Request("POST", $"/api/v1/main/executions/bench/{flow}?wait=true", TestServer.Authorization));
        return (System.Diagnostics.Stopwatch.GetElapsedTime(begun), IdIn(body.Span));
    }

    /// <summary>Executions that wait; returns their ids.</summary>
    public async Task<IReadOnlyList<string>> PauseAsync(int count)
    {
        var request = Wire.Request("POST", "/api/v1/main/executions/bench/w4", TestServer.Authorization);
        var ids = new ConcurrentBag<string>();
        await Load.EachAsync("w4 start", port, 32, Enumerable.Range(0, count), async (wire, _) =>
        {
            var (status, body) = await wire.SendAsync(request);
            if (status == 200) ids.Add(IdIn(body.Span));
            return status == 200;
        });
        return [.. ids];
    }

    /// <summary>Resumes of executions that wait.</summary>
    public Task<Figures> ResumeAsync(string name, int inFlight, IEnumerable<string> ids) =>
        Load.EachAsync(name, port, inFlight, ids, async (wire, id) =>
            (await wire.SendAsync(Wire.Request("POST", $"/api/v1/main/executions/{id}/resume", TestServer.Authorization))).Status is 200 or 204);

    public Task<Figures> GetAsync(string name, string path)
    {
        var request = Wire.Request("GET", path, TestServer.Authorization);
        return Load.ForAsync(name, port, 1, length, async wire => (await wire.SendAsync(request)).Status == 200);
    }

    /// <summary>Posts of an app's form, each answered with the page of the request when all its flow has to do is done and durable.</summary>
    public async Task<Figures> SubmitAsync(string name, int inFlight)
    {
        string cookie, token;
        using (var wire = new Wire(port))
        {
            var (_, page) = await wire.SendAsync(Wire.Request("GET", "/a/bench/w6", TestServer.Authorization));
            token = Between(Encoding.UTF8.GetString(page.Span), "name=\"__RequestVerificationToken\" value=\"", "\"");
            cookie = Between(Encoding.UTF8.GetString(wire.Head.Span), "Set-Cookie: ", ";");
        }
        var form = $"__RequestVerificationToken={Uri.EscapeDataString(token)}&in.name=Maya&then=send";
        var request = Wire.Request("POST", "/a/bench/w6", $"{TestServer.Authorization}\r\nCookie: {cookie}", form, "application/x-www-form-urlencoded");
        return await Load.ForAsync(name, port, inFlight, length, async wire => (await wire.SendAsync(request)).Status == 303);
    }

    /// <summary>Reads one value of a namespace again and again.</summary>
    public async Task<Figures> KvAsync(int inFlight)
    {
        using (var wire = new Wire(port)) await wire.SendAsync(Wire.Request("PUT", "/api/v1/main/namespaces/bench/kv/answer", TestServer.Authorization, "42"));
        var request = Wire.Request("GET", "/api/v1/main/namespaces/bench/kv/answer", TestServer.Authorization);
        return await Load.ForAsync("kv get", port, inFlight, length, async wire => (await wire.SendAsync(request)).Status == 200);
    }

    /// <summary>Calls of a webhook, each answered when its execution is durable.</summary>
    public Task<Figures> CallAsync(int inFlight)
    {
        var request = Wire.Request("POST", $"/api/v1/main/executions/webhook/bench/hook/{HookKey}", "none", "{\"order\":1}", "application/json");
        return Load.ForAsync("webhook", port, inFlight, length, async wire => (await wire.SendAsync(request)).Status == 200);
    }

    /// <summary>The same signed call again and again, which starts one execution.</summary>
    public Task<Figures> RepeatAsync(int times, int inFlight)
    {
        const string id = "msg_repeated", body = "{\"order\":1}";
        var at = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(HookSecret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at}.{body}"))));
        var request = Wire.Request("POST", $"/api/v1/main/executions/webhook/bench/once/{HookKey}", $"none\r\nwebhook-id: {id}\r\nwebhook-timestamp: {at}\r\nwebhook-signature: v1,{signature}", body, "application/json");
        return Load.EachAsync("webhook, one id", port, inFlight, Enumerable.Range(0, times), async (wire, _) => (await wire.SendAsync(request)).Status == 200);
    }

    private static async Task<bool> EndsWellAsync(Wire wire, ReadOnlyMemory<byte> request)
    {
        var (status, body) = await wire.SendAsync(request);
        return status == 200 && body.Span.IndexOf("\"current\":\"SUCCESS\""u8) >= 0;
    }

    private static async Task SaveAsync(Wire wire, string path, string id, string source)
    {
        var (status, body) = await wire.SendAsync(Wire.Request("POST", path, TestServer.Authorization, source));
        if (status is not (200 or 201)) throw new InvalidOperationException($"{id}: {status} {Encoding.UTF8.GetString(body.Span)}");
    }

    /// <summary>An execution's id is its first field.</summary>
    private static string IdIn(ReadOnlySpan<byte> body) => Between(Encoding.UTF8.GetString(body[..Math.Min(body.Length, 200)]), "\"id\":\"", "\"");

    private static string Between(string text, string before, string after)
    {
        var at = text.IndexOf(before, StringComparison.Ordinal);
        if (at < 0) throw new InvalidOperationException($"The answer has no {before}");
        at += before.Length;
        return text[at..text.IndexOf(after, at, StringComparison.Ordinal)];
    }

    private static string Loop(int count) => string.Create(CultureInfo.InvariantCulture,
        $"tasks:\n  - id: loop\n    type: core.flow.ForEach\n    values: \"{{{{ range(1, {count}) }}}}\"\n    tasks:\n      - {{id: log, type: core.log.Log, message: \"{{{{ taskrun.value }}}}\"}}");
}
