using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FlowApps.Testing.Servers;

namespace FlowApps.Chaos.Tests;

/// <summary>The public API as a program uses it, on a server that may go away at any moment.</summary>
internal sealed class Api(ServerProcess server) : IDisposable
{
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

    public void Dispose() => http.Dispose();

    private Uri At(string path) => new(server.Address, $"/api/v1/main/{path}");
}
