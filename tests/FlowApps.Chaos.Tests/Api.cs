using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FlowApps.Testing.Servers;

namespace FlowApps.Chaos.Tests;

/// <summary>The public API as a program uses it, on a server that may go away at any moment.</summary>
internal sealed class Api(ServerProcess server) : IDisposable
{
    private const int PageSize = 100;
    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = TimeSpan.FromSeconds(120),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ServerProcess.AdminName}:{ServerProcess.AdminPassword}"))) },
    };

    public async Task InstallAsync(string source)
    {
        using var content = new StringContent(source, Encoding.UTF8, "application/x-yaml");
        using var answer = await http.PostAsync(At("flows"), content);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>The id of the execution that the server acknowledged, null when it refused; throws when nobody answered.</summary>
    public async Task<string?> StartAsync(string flow, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, At($"executions/chaos/{flow}?labels=key:{key}"));
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await http.SendAsync(request);
        if (!answer.IsSuccessStatusCode) return null;
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("id").GetString();
    }

    public async Task<JsonElement> ExecutionAsync(string id)
    {
        using var json = JsonDocument.Parse(await http.GetStringAsync(At($"executions/{id}")));
        return json.RootElement.Clone();
    }

    public async Task<string> StateAsync(string id) => (await ExecutionAsync(id)).GetProperty("state").GetProperty("current").GetString()!;

    public async Task<(int Status, string Body)> ResumeAsync(string id, IReadOnlyDictionary<string, string> inputs)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in inputs) form.Add(new StringContent(value), name);
        using var answer = await http.PostAsync(At($"executions/{id}/resume"), form);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>How many executions a namespace has.</summary>
    public async Task<int> CountAsync(string ns)
    {
        using var page = JsonDocument.Parse(await http.GetStringAsync(At($"executions/search?namespace={ns}&size=1")));
        return page.RootElement.GetProperty("total").GetInt32();
    }

    /// <summary>All executions of a namespace.</summary>
    public async Task<IReadOnlyList<JsonElement>> SearchAsync(string ns)
    {
        var all = new List<JsonElement>();
        for (var number = 1; ; number++)
        {
            // In the order of their start, so that what is started meanwhile comes last.
            using var page = JsonDocument.Parse(await http.GetStringAsync(At($"executions/search?namespace={ns}&size={PageSize}&page={number}&sort=state.startDate:asc")));
            var found = page.RootElement.GetProperty("results").EnumerateArray().Select(execution => execution.Clone()).ToList();
            all.AddRange(found);
            if (found.Count < PageSize) return all;
        }
    }

    /// <summary>A stored file of an execution.</summary>
    public Task<string> FileAsync(string id, string uri) => http.GetStringAsync(At($"executions/{id}/file?path={Uri.EscapeDataString(uri)}"));

    public void Dispose() => http.Dispose();

    private Uri At(string path) => new(server.Address, $"/api/v1/main/{path}");
}
