using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using FlowApps.Testing.Servers;

namespace FlowApps.Survival;

/// <summary>What a client got: nothing when nobody answered.</summary>
internal sealed record Answer(int Status, string Body, bool SaysWhenToRetry)
{
    public bool IsAccepted => Status is >= 200 and < 300;

    public string Id
    {
        get
        {
            using var json = JsonDocument.Parse(Body);
            return json.RootElement.GetProperty("id").GetString()!;
        }
    }
}

/// <summary>The public API as a program uses it, on a server that may go away at any moment and comes back at another address.</summary>
internal sealed class Api(ServerProcess server) : IDisposable
{
    private const int PageSize = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = TimeSpan.FromSeconds(30),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ServerProcess.AdminName}:{ServerProcess.AdminPassword}"))) },
    };

    public Task<Answer?> SaveAsync(string source) => SendAsync(HttpMethod.Post, "flows", new StringContent(source, Encoding.UTF8, "application/x-yaml"), null);

    public async Task InstallAsync(string source)
    {
        var answer = await SaveAsync(source);
        Assert.True(answer?.IsAccepted, $"{answer?.Status}: {answer?.Body}");
    }

    public Task<Answer?> StartAsync(string flow, string key) => SendAsync(HttpMethod.Post, $"executions/chaos/{flow}?labels=key:{key}", null, key);

    public Task<Answer?> CallHookAsync(string key) => SendAsync(HttpMethod.Post, $"executions/webhook/chaos/{Flows.Hooked}/{Flows.HookKey}", new StringContent(key), key);

    public Task<Answer?> ResumeAsync(string id, string who) => SendAsync(HttpMethod.Post, $"executions/{id}/resume", new MultipartFormDataContent { { new StringContent(who), "who" } }, null);

    public Task<Answer?> KillAsync(string id) => SendAsync(HttpMethod.Delete, $"executions/{id}/kill", null, null);

    /// <summary>Errors: as <see cref="HttpClient"/> throws them; for servers that are left alone.</summary>
    public async Task<JsonElement> ExecutionAsync(string id)
    {
        using var json = JsonDocument.Parse(await http.GetStringAsync(At($"executions/{id}")));
        return json.RootElement.Clone();
    }

    public async Task<string> StateAsync(string id) => (await ExecutionAsync(id)).GetProperty("state").GetProperty("current").GetString()!;

    /// <summary>How many executions a namespace has.</summary>
    public async Task<int> CountAsync(string ns)
    {
        using var page = JsonDocument.Parse(await http.GetStringAsync(At($"executions/search?namespace={ns}&size=1")));
        return page.RootElement.GetProperty("total").GetInt32();
    }

    /// <summary>All executions of a namespace, in the order of their start: what is started meanwhile comes last.</summary>
    public async Task<IReadOnlyList<JsonElement>> SearchAsync(string ns)
    {
        var all = new List<JsonElement>();
        for (var number = 1; ; number++)
        {
            using var page = JsonDocument.Parse(await http.GetStringAsync(At($"executions/search?namespace={ns}&size={PageSize}&page={number}&sort=state.startDate:asc")));
            var found = page.RootElement.GetProperty("results").EnumerateArray().Select(execution => execution.Clone()).ToList();
            all.AddRange(found);
            if (found.Count < PageSize) return all;
        }
    }

    /// <summary>A stored file of an execution.</summary>
    public Task<string> FileAsync(string id, string uri) => http.GetStringAsync(At($"executions/{id}/file?path={Uri.EscapeDataString(uri)}"));

    public Task<Answer?> UploadAsync(string ns, string path, string content) => SendAsync(HttpMethod.Post, $"namespaces/{ns}/files?path={Uri.EscapeDataString(path)}", new StringContent(content), null);

    public Task<string> NamespaceFileAsync(string ns, string path) => http.GetStringAsync(At($"namespaces/{ns}/files?path={Uri.EscapeDataString(path)}"));

    /// <summary>Waits until it is in this state.</summary>
    public async Task UntilAsync(string id, string state)
    {
        var clock = Stopwatch.StartNew();
        while (await StateAsync(id) != state)
        {
            Assert.True(clock.Elapsed < Patience, $"{id} is not {state} after {Patience.TotalSeconds} s.");
            await Task.Delay(20);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<Answer?> SendAsync(HttpMethod method, string path, HttpContent? content, string? key)
    {
        try
        {
            using var request = new HttpRequestMessage(method, At(path)) { Content = content };
            if (key is not null) request.Headers.Add("Idempotency-Key", key);
            using var answer = await http.SendAsync(request);
            return new Answer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.RetryAfter is not null);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException or SocketException)
        {
            return null;
        }
    }

    private Uri At(string path) => new(server.Address, $"/api/v1/main/{path}");
}
