using System.Collections.Concurrent;
using System.Text;
using FlowApps.Domain.Http;
using FlowApps.Domain.Triggers;
using FlowApps.Plugins.Http;
using FlowApps.Plugins.Tests.Http;
using FlowApps.Plugins.Triggers.Http;

namespace FlowApps.Plugins.Tests.Triggers;

/// <summary>Server-sent events from a real server that ends its streams.</summary>
public sealed class ServerSentEventsTests
{
    private readonly ConcurrentQueue<string?> asked = new();

    [Fact]
    public async Task Stream_that_ends_is_opened_again_after_the_last_event()
    {
        using var server = Serve("retry: 10\n\nid: 1\nevent: order\ndata: a\ndata: b\n\n", ": still here\n\nid: 2\ndata: c\n\n");
        using var context = Context();
        await using var listening = new Listening(Trigger(server), context);
        var first = await listening.NextAsync();
        Assert.Equal(("1", "order", "a\nb"), (first["id"], first["event"], first["data"]));
        var second = await listening.NextAsync();
        Assert.Equal(("2", "message", "c"), (second["id"], second["event"], second["data"]));
        Assert.Equal([null, "1"], asked.Take(2));
    }

    [Fact]
    public async Task Restart_asks_for_what_came_after_the_last_stored_event()
    {
        using var server = Serve("id: 8\ndata: x\n\n");
        using var context = Context(new TriggerMemory(Data.Map(("lastEventId", "7"))));
        await using var listening = new Listening(Trigger(server), context);
        Assert.Equal("x", (await listening.NextAsync())["data"]);
        Assert.Equal("7", asked.First());
        Assert.Equal("8", listening.Stored["lastEventId"]);
    }

    [Fact]
    public async Task Only_wanted_events_start_executions()
    {
        using var server = Serve("event: noise\ndata: 1\n\nevent: order\ndata: 2\n\n");
        using var context = Context();
        await using var listening = new Listening(Trigger(server) with { Events = new Property<IReadOnlyList<string>>(new List<object?> { "order" }) }, context);
        Assert.Equal("2", (await listening.NextAsync())["data"]);
    }

    [Fact]
    public async Task Answer_that_is_no_stream_is_an_error_that_says_what_came()
    {
        using var server = new LoopbackServer((_, _, response) =>
        {
            response.StatusCode = 404;
            return Task.CompletedTask;
        });
        using var context = Context();
        await using var listening = new Listening(Trigger(server), context);
        var failure = await Assert.ThrowsAnyAsync<Exception>(listening.NextAsync);
        Assert.Contains("answered 404", (failure.InnerException ?? failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_without_end_is_an_error_and_no_full_memory()
    {
        using var server = Serve("data: small\n\ndata: " + new string('x', 100_000));
        using var context = Context();
        await using var listening = new Listening(Trigger(server) with { Options = new() { MaxContentLength = new(10_000) } }, context);
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (true) await listening.NextAsync();
        });
        Assert.Contains("maxContentLength", (failure.InnerException ?? failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_that_falls_silent_is_opened_again()
    {
        var calls = 0;
        var never = new TaskCompletionSource();
        using var server = new LoopbackServer(async (_, _, response) =>
        {
            response.ContentType = "text/event-stream";
            response.SendChunked = true;
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($"retry: 10\ndata: {Interlocked.Increment(ref calls)}\n\n"));
            await response.OutputStream.FlushAsync();
            await never.Task;
        });
        using var context = Context();
        await using var listening = new Listening(Trigger(server) with { Options = new() { Timeout = new() { ReadIdleTimeout = "PT0.3S" } } }, context);
        Assert.Equal("1", (await listening.NextAsync())["data"]);
        Assert.Equal("2", (await listening.NextAsync())["data"]);
        never.SetResult();
    }

    private LoopbackServer Serve(params string[] streams)
    {
        var left = new ConcurrentQueue<string>(streams);
        return new LoopbackServer(async (request, _, response) =>
        {
            asked.Enqueue(request.Headers["Last-Event-ID"]);
            if (!left.TryDequeue(out var stream))
            {
                response.StatusCode = 204;
                return;
            }
            response.ContentType = "text/event-stream";
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(stream));
        });
    }

    private static ServerSentEvents Trigger(LoopbackServer server) => new() { Id = "t", Type = "http.ServerSentEvents", Uri = server.Address("/events") };

    private static TaskContextFake Context(TriggerMemory? memory = null)
    {
        var context = new TaskContextFake { Memory = memory ?? new TriggerMemory() };
        return context.With<IHttp>(new OutboundHttp(new OutboundPolicy([], [])));
    }
}
