using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.TestHost;

namespace FlowApps.Web.Tests.Hubs;

/// <summary>A page's connection to a hub, spoken by hand: SignalR's JSON protocol over a WebSocket, one record per 0x1E.</summary>
internal sealed class HubWire : IDisposable
{
    private const char End = '\u001e';
    private readonly WebSocket socket;
    private readonly Queue<JsonElement> read = new();
    private readonly StringBuilder rest = new();

    private HubWire(WebSocket socket) => this.socket = socket;

    public static async Task<HubWire> OpenAsync(Site site, string cookies)
    {
        var client = site.App.GetTestServer().CreateWebSocketClient();
        client.ConfigureRequest = request => request.Headers.Cookie = cookies;
        var wire = new HubWire(await client.ConnectAsync(new Uri("ws://localhost/hubs/news"), CancellationToken.None));
        await wire.SendAsync(new { protocol = "json", version = 1 });
        await wire.ReadAsync(_ => true);
        return wire;
    }

    /// <summary>Asks for topics; the answer is those refused.</summary>
    public async Task<IReadOnlyList<string>> WatchAsync(params string[] topics)
    {
        await SendAsync(new { type = 1, invocationId = "1", target = "Watch", arguments = new object[] { topics } });
        var answer = await ReadAsync(message => message.TryGetProperty("type", out var type) && type.GetInt32() == 3);
        return answer.GetProperty("result").EnumerateArray().Select(topic => topic.GetString()!).ToList();
    }

    /// <summary>The next news: kind, id and version, and nothing else.</summary>
    public async Task<JsonElement> NewsAsync() =>
        (await ReadAsync(message => message.TryGetProperty("target", out var target) && target.GetString() == "news")).GetProperty("arguments")[0];

    public void Dispose() => socket.Dispose();

    private Task SendAsync(object message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message) + End), WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task<JsonElement> ReadAsync(Func<JsonElement, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var buffer = new byte[8192];
        while (true)
        {
            while (read.TryDequeue(out var message))
                if (wanted(message))
                    return message;
            var received = await socket.ReceiveAsync(buffer, limit.Token);
            rest.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
            var records = rest.ToString().Split(End);
            rest.Clear().Append(records[^1]);
            foreach (var record in records.SkipLast(1)) read.Enqueue(JsonDocument.Parse(record).RootElement);
        }
    }
}
