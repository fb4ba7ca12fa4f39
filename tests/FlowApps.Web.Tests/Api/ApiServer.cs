using System.Net.Http.Headers;
using System.Text;
using FlowApps.Domain.Values;
using FlowApps.Testing.Servers;

namespace FlowApps.Web.Tests.Api;

/// <summary>One real server for all API tests, and a client that is signed in as its administrator.</summary>
public sealed class ApiServer : IAsyncLifetime
{
    private ServerProcess? server;

    public HttpClient Http { get; private set; } = new();

    public async Task InitializeAsync()
    {
        server = await ServerProcess.StartAsync("--FlowApps:Templates:Enabled=true");
        Http = Client(ServerProcess.AdminName, ServerProcess.AdminPassword);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (server is not null) await server.DisposeAsync();
    }

    public HttpClient Client(string? name = null, string? password = null)
    {
        var client = new HttpClient { BaseAddress = new Uri(server!.Address, "/api/v1/main/"), Timeout = TimeSpan.FromSeconds(120) };
        if (name is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
        return client;
    }

    public async Task<Reply> GetAsync(string path) => await ReplyAsync(await Http.GetAsync(path));

    public Task<Reply> SendAsync(HttpMethod method, string path, string? body = null, string type = "application/json", string? key = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, type);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return SendAsync(request);
    }

    public async Task<Reply> SendAsync(HttpRequestMessage request) => await ReplyAsync(await Http.SendAsync(request));

    /// <summary>Saves a flow that must be valid.</summary>
    public async Task SaveAsync(string source) => (await SendAsync(HttpMethod.Post, "flows", source, "application/x-yaml")).Must(200);

    public static async Task<Reply> ReplyAsync(HttpResponseMessage response) => new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);
}

/// <summary>An answer: status, body, and the body as data.</summary>
public sealed record Reply(int Status, string Text, HttpResponseMessage Response)
{
    private readonly Lazy<object?> data = new(() => Data.Parse(Text));

    /// <summary>A value in the JSON body by path, such as <c>results.0.id</c>; null when there is none.</summary>
    public object? this[string path] => path.Split('.').Aggregate(data.Value, (at, part) => at switch
    {
        IReadOnlyDictionary<string, object?> map => map.GetValueOrDefault(part),
        IReadOnlyList<object?> list when int.TryParse(part, out var index) && index < list.Count => list[index],
        _ => null,
    });

    public IReadOnlyList<object?> List(string? path = null) => (IReadOnlyList<object?>)(path is null ? data.Value : this[path])!;

    public Reply Must(int status)
    {
        Assert.True(Status == status, $"expected {status}, got {Status}: {Text}");
        return this;
    }
}

[CollectionDefinition(Name)]
public sealed class ApiTests : ICollectionFixture<ApiServer>
{
    public const string Name = "api";
}
