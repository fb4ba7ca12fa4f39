using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FlowApps.Testing.Servers;

namespace FlowApps.Specs.Blueprints;

/// <summary>Saves and runs flows over the REST API as the administrator, following an execution by its events; what it asks is decided by the demo's approver.</summary>
internal sealed class FlowClient : IDisposable
{
    private readonly HttpClient http;
    private readonly HttpClient approver;
    private readonly Dictionary<string, string> namespaces = new(StringComparer.Ordinal);

    public FlowClient(Uri address)
    {
        http = As(address, ServerProcess.AdminName, ServerProcess.AdminPassword);
        approver = As(address, "tomas", "keel-2026");
    }

    private static HttpClient As(Uri address, string name, string password) => new()
    {
        BaseAddress = new Uri(address, "/api/v1/main/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"))) },
    };

    /// <summary>How an execution ended, how many questions were answered, and the errors in its log.</summary>
    public sealed record Run(string State, int Answered, string Errors);

    /// <summary>Null, or why it was refused.</summary>
    public async Task<string?> SaveAsync(string source, CancellationToken cancellation)
    {
        using var response = await http.PostAsync("flows", new StringContent(source, Encoding.UTF8, "application/x-yaml"), cancellation);
        var body = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode) return body;
        var flow = JsonDocument.Parse(body).RootElement;
        lock (namespaces) namespaces[flow.GetProperty("id").GetString()!] = flow.GetProperty("namespace").GetString()!;
        return null;
    }

    /// <summary>Runs a flow that was saved here to its end. What it asks is answered with the defaults of the question, or not at all.</summary>
    public async Task<Run> RunAsync(string id, bool answer, CancellationToken cancellation)
    {
        using var form = new MultipartFormDataContent { { new StringContent(""), "nothing" } };
        string ns;
        lock (namespaces) ns = namespaces[id];
        using var created = await http.PostAsync($"executions/{ns}/{id}", form, cancellation);
        var text = await created.Content.ReadAsStringAsync(cancellation);
        if (!created.IsSuccessStatusCode) return new Run("REFUSED", 0, text);
        var execution = JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
        var answered = new HashSet<string>();
        using var events = new StreamReader(await http.GetStreamAsync(new Uri($"executions/{execution}/follow", UriKind.Relative), cancellation));
        var state = "";
        while (await events.ReadLineAsync(cancellation) is { } line)
        {
            if (!line.StartsWith("data: {", StringComparison.Ordinal)) continue;
            var news = JsonDocument.Parse(line["data: ".Length..]).RootElement;
            if (!news.TryGetProperty("state", out var now)) continue;
            state = now.GetProperty("current").GetString()!;
            if (!answer || state != "PAUSED") continue;
            foreach (var taskRun in Paused(news))
                if (answered.Add(taskRun)) await DecideAsync(execution, taskRun, cancellation);
        }
        return new Run(state, answered.Count, state == "SUCCESS" ? "" : await http.GetStringAsync(new Uri($"logs/{execution}?minLevel=WARN", UriKind.Relative), cancellation));
    }

    public void Dispose()
    {
        http.Dispose();
        approver.Dispose();
    }

    // Whoever starts something is not the one to decide on it.
    private async Task DecideAsync(string execution, string taskRun, CancellationToken cancellation)
    {
        using var response = await approver.PostAsJsonAsync($"approvals/{execution}/{taskRun}/decide", new { outcome = "approved" }, cancellation);
        response.EnsureSuccessStatusCode();
    }

    private static IEnumerable<string> Paused(JsonElement execution) => execution.GetProperty("taskRunList").EnumerateArray()
        .Where(run => run.GetProperty("state").GetProperty("current").GetString() == "PAUSED").Select(run => run.GetProperty("id").GetString()!);
}
