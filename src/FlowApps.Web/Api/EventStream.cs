using System.Buffers;
using System.Text.Json;

namespace FlowApps.Web.Api;

/// <summary>Server-sent events (WHATWG HTML 9.2). A comment every 15 seconds keeps proxies from closing a quiet stream.</summary>
public sealed class EventStream(HttpContext http)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    public async Task StartAsync()
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await http.Response.StartAsync(http.RequestAborted);
    }

    public async Task SendAsync(string id, Action<Utf8JsonWriter> write)
    {
        var body = http.Response.BodyWriter;
        body.Write(System.Text.Encoding.ASCII.GetBytes($"id: {id}\ndata: "));
        using (var writer = new Utf8JsonWriter(body, JsonAnswer.WriterOptions)) write(writer);
        body.Write("\n\n"u8);
        await body.FlushAsync(http.RequestAborted);
    }

    /// <summary>Waits for the task, keeping the connection warm.</summary>
    public async Task<T> WaitAsync<T>(Task<T> task)
    {
        while (await Task.WhenAny(task, Task.Delay(Quiet, http.RequestAborted)) != task)
        {
            http.RequestAborted.ThrowIfCancellationRequested();
            http.Response.BodyWriter.Write(": quiet\n\n"u8);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        return await task;
    }
}
