using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace FlowApps.Bench;

/// <summary>An inbox with thousands of open questions: its first page, the next case, and a decision until the requester's page says so.</summary>
internal sealed class InboxLoad(int port)
{
    private const int Looked = 200;

    private const string Flow = """
        id: inbox
        namespace: bench
        inputs:
          - {id: item, type: STRING}
          - {id: amount, type: INT}
        tasks:
          - id: ask
            type: core.flow.Approval
            description: "Buy {{ inputs.item }} for {{ inputs.amount }} euros"
            exclude: {requester: false}
            due: {within: P5D}
          - {id: after, type: core.debug.Return, format: bought}
        """;

    /// <summary>Seeds through the API, so that every question is an execution that really waits.</summary>
    public async Task<IReadOnlyList<Figures>> MeasureAsync(int count)
    {
        await Workloads.SaveAsync(port, "/api/v1/main/flows", "inbox", Flow);
        var asked = new ConcurrentBag<string>();
        var seeding = await Load.EachAsync($"inbox of {count}: asked", port, 32, Enumerable.Range(0, count), async (wire, number) =>
        {
            var (status, body) = await wire.SendAsync(Start(number));
            if (status == 200) asked.Add(Workloads.IdIn(body.Span));
            return status == 200;
        });
        var cases = await FirstCasesAsync();
        var page = Wire.Request("GET", "/approvals", TestServer.Authorization);
        var found = Wire.Request("GET", "/approvals?q=item+77", TestServer.Authorization);
        var last = Wire.Request("GET", $"/approvals?page={count / 50}", TestServer.Authorization);
        return
        [
            seeding,
            await AgainAsync($"inbox of {count}: first page", page),
            await AgainAsync($"inbox of {count}: last page", last),
            await AgainAsync($"inbox of {count}: find", found),
            // As J walks through it: each case for the first time, the queue beside it.
            await Load.EachAsync($"inbox of {count}: next case", port, 1, cases, async (wire, one) => (await wire.SendAsync(Wire.Request("GET", $"/approvals/{one}", TestServer.Authorization))).Status == 200),
            await Load.EachAsync($"inbox of {count}: decided to seen", port, 1, cases, DecidedAndSeenAsync),
        ];
    }

    private Task<Figures> AgainAsync(string name, byte[] request) =>
        Load.EachAsync(name, port, 1, Enumerable.Range(0, Looked), async (wire, _) => (await wire.SendAsync(request)).Status == 200);

    /// <summary>Decides, then asks for the requester's page until it tells of the decision.</summary>
    private static async Task<bool> DecidedAndSeenAsync(Wire wire, string one)
    {
        var (status, _) = await wire.SendAsync(Wire.Request("POST", $"/api/v1/main/approvals/{one}/decide", TestServer.Authorization, "{\"outcome\":\"approve\"}", "application/json"));
        if (status != 200) return false;
        var request = Wire.Request("GET", $"/r/{one.Split('/')[0]}/now", TestServer.Authorization);
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(10);)
            if ((await wire.SendAsync(request)).Body.Span.IndexOf("Approved"u8) >= 0) return true;
        return false;
    }

    /// <summary>Execution and task run of the questions that come first.</summary>
    private async Task<IReadOnlyList<string>> FirstCasesAsync()
    {
        using var client = new HttpClient { DefaultRequestHeaders = { Authorization = AuthenticationHeaderValue.Parse(TestServer.Authorization) } };
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/api/v1/main/approvals/search?size={Looked}")));
        return [.. document.RootElement.GetProperty("results").EnumerateArray().Select(one => $"{one.GetProperty("executionId").GetString()}/{one.GetProperty("taskRunId").GetString()}")];
    }

    private static byte[] Start(int number)
    {
        const string edge = "----bench";
        var form = new StringBuilder();
        foreach (var (name, value) in new[] { ("item", $"item {number}"), ("amount", $"{100 + number % 900}") })
            form.Append(System.Globalization.CultureInfo.InvariantCulture, $"--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        return Wire.Request("POST", "/api/v1/main/executions/bench/inbox", TestServer.Authorization, form.Append(System.Globalization.CultureInfo.InvariantCulture, $"--{edge}--\r\n").ToString(), $"multipart/form-data; boundary={edge}");
    }
}
