using System.Globalization;
using FlowApps.Plugins.Http;
using FlowApps.Plugins.Tasks.Amqp;
using FlowApps.Plugins.Tests.Triggers;
using FlowApps.Plugins.Triggers.Amqp;
using FlowApps.Testing.Servers;

namespace FlowApps.Plugins.Tests.Amqp;

/// <summary>Tasks and triggers on a real RabbitMQ.</summary>
public sealed class AmqpTests(Broker broker) : IClassFixture<Broker>, IDisposable
{
    private static readonly (string, string?)[] Three = [("a", "1"), ("b", "2"), ("c", "3")];
    private readonly TaskContextFake context = new TaskContextFake().With(new OutboundPolicy([], []));

    private Property<string> Port => broker.Server.Port.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => context.Dispose();

    [BrokerFact]
    public async Task What_is_published_is_consumed_with_all_its_properties()
    {
        var queue = $"queue-{Guid.NewGuid():N}";
        var made = await new CreateQueue { Id = "t", Type = "amqp.CreateQueue", Host = RabbitMqServer.Host, Port = Port, Name = queue }.RunAsync(context, default);
        Assert.Equal(queue, made.Outputs!["queue"]);
        var message = Data.Map(
            ("data", Data.Map(("amount", 12), ("items", new List<object?> { "a", 2 }))), ("contentType", "application/json"), ("headers", Data.Map(("from", "shop"), ("tries", 3))), ("deliveryMode", 2),
            ("priority", 4), ("messageId", "order-1"), ("correlationId", "c"), ("replyTo", "r"), ("expiration", "PT10M"), ("timestamp", "2026-01-09T08:46:33Z"), ("type", "order"), ("userId", "guest"), ("appId", "shop"));
        var sent = await Publishing(queue, new List<object?> { message, Data.Map(("data", "plain")) }).RunAsync(context, default);
        Assert.Equal(2, sent.Outputs!["messagesCount"]);
        var taken = await Consuming(queue).RunAsync(context, default);
        Assert.Equal(2, taken.Outputs!["count"]);
        var lines = (await context.ReadAsync(taken.Outputs["uri"])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (IReadOnlyDictionary<string, object?>)Data.Parse(line)!).ToList();
        foreach (var (name, value) in message) Assert.Equal(Data.Write(value), Data.Write(lines[0][name]));
        Assert.Equal(("plain", $"{context.IdempotencyKey}.1"), (lines[1]["data"], lines[1]["messageId"]));
        Assert.Equal(0u, await broker.CountAsync(queue));
    }

    [BrokerFact]
    public async Task Messages_of_a_file_are_published_and_a_limit_leaves_the_rest()
    {
        var queue = await broker.QueueAsync();
        var uri = await context.StoreAsync("m.ion", "{\"data\":\"a\"}\n{\"data\":\"b\"}\n{\"data\":\"c\"}\n");
        Assert.Equal(3, (await Publishing(queue, uri).RunAsync(context, default)).Outputs!["messagesCount"]);
        Assert.Equal(2, (await (Consuming(queue) with { MaxRecords = new(2) }).RunAsync(context, default)).Outputs!["count"]);
        Assert.Equal(1u, await broker.CountAsync(queue));
    }

    [BrokerFact]
    public async Task Polled_messages_that_nobody_confirms_come_again_and_confirmed_ones_do_not()
    {
        var queue = await broker.QueueAsync(Three);
        Assert.Equal(3, (await Polling(queue).EvaluateAsync(context, default))!["count"]);
        await context.Memory.Handover!.DisposeAsync();
        using var anew = new TaskContextFake().With(new OutboundPolicy([], []));
        Assert.Equal(3, (await Polling(queue).EvaluateAsync(anew, default))!["count"]);
        await anew.Memory.Handover!.ConfirmAsync(default);
        await anew.Memory.Handover.DisposeAsync();
        Assert.Equal(0u, await broker.CountAsync(queue));
        Assert.Null(await Polling(queue).EvaluateAsync(anew, default));
        await anew.Memory.Handover.DisposeAsync();
    }

    [BrokerFact]
    public async Task Polled_messages_whose_execution_is_stored_are_left_out_when_they_come_again()
    {
        var queue = await broker.QueueAsync(Three);
        Assert.Equal(3, (await Polling(queue).EvaluateAsync(context, default))!["count"]);
        // The execution and the memory are stored, then the process dies before it could acknowledge.
        await context.Memory.Handover!.DisposeAsync();
        Assert.Null(await Polling(queue).EvaluateAsync(context, default));
        await context.Memory.Handover!.ConfirmAsync(default);
        await context.Memory.Handover.DisposeAsync();
        Assert.Equal(0u, await broker.CountAsync(queue));
    }

    [BrokerFact]
    public async Task Heard_messages_are_acknowledged_when_their_execution_is_stored()
    {
        var queue = await broker.QueueAsync(Three);
        await using (var listening = new Listening(Hearing(queue), context))
            foreach (var text in new[] { "a", "b", "c" }) Assert.Equal(text, (await listening.NextAsync())["data"]);
        Assert.Equal(0u, await broker.CountAsync(queue));
    }

    [BrokerFact]
    public async Task Heard_messages_whose_execution_is_not_stored_come_again_with_their_id()
    {
        var queue = await broker.QueueAsync(Three);
        var heard = new List<string?>();
        for (var round = 0; round < 2; round++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => Hearing(queue).ListenAsync(context, (found, _) =>
            {
                heard.Add(found.Id);
                return found.Id == "1" ? Task.CompletedTask : throw new InvalidOperationException("The store is away.");
            }, default));
        Assert.Equal(["1", "2", "2"], heard);
        Assert.Equal(2u, await broker.CountAsync(queue));
    }

    [BrokerFact]
    public async Task Json_that_is_none_is_handed_over_as_text()
    {
        var queue = await broker.QueueAsync(("{\"a\": 1}", null), ("{broken", null));
        await using var listening = new Listening(Hearing(queue) with { SerdeType = "JSON" }, context);
        Assert.Equal(1, ((IReadOnlyDictionary<string, object?>)(await listening.NextAsync())["data"]!)["a"]);
        Assert.Equal("{broken", (await listening.NextAsync())["data"]);
    }

    [BrokerFact]
    public async Task Listening_ends_with_a_reason_when_the_queue_is_deleted()
    {
        var queue = await broker.QueueAsync(("a", null));
        await using var listening = new Listening(Hearing(queue), context);
        await listening.NextAsync();
        await broker.DeleteAsync(queue);
        var failure = await Assert.ThrowsAnyAsync<Exception>(listening.NextAsync);
        Assert.Contains(queue, (failure.InnerException ?? failure).Message, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task Refusals_say_what_is_wrong()
    {
        var consume = Consuming("no-such-queue");
        await RefusedAsync(consume, "no-such-queue");
        await RefusedAsync(consume with { Password = "wrong" }, "ACCESS_REFUSED");
        await RefusedAsync(consume with { Url = "amqp://guest@127.0.0.1" }, "not both");
        await RefusedAsync(consume with { Host = null }, "host is missing");
        await RefusedAsync(consume with { Port = "no port" }, "'no port' is not a port");
        await RefusedAsync(consume with { Host = null, Url = "http://127.0.0.1" }, "amqp://");
        context.With(new OutboundPolicy(["private"], []));
        await RefusedAsync(consume, "FlowApps:Outbound");
    }

    [Fact]
    public void Nothing_to_end_by_is_refused_when_the_flow_is_saved()
    {
        Assert.Equal("no_end", Assert.Single(new Consume { Id = "t", Type = "amqp.Consume", Queue = "q" }.Validate()).Code);
        Assert.Equal("no_end", Assert.Single(new AmqpTrigger { Id = "t", Type = "amqp.Trigger", Queue = "q" }.Validate()).Code);
    }

    private async Task RefusedAsync(Consume consume, string words)
    {
        var refusal = await Assert.ThrowsAsync<TaskFailedException>(async () => await consume.RunAsync(context, default));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    private Publish Publishing(string queue, object from) =>
        new() { Id = "t", Type = "amqp.Publish", Host = RabbitMqServer.Host, Port = Port, Exchange = "", RoutingKey = queue, From = new Property<object>(from), SerdeType = from is string ? "STRING" : "JSON" };

    private Consume Consuming(string queue) => new() { Id = "t", Type = "amqp.Consume", Host = RabbitMqServer.Host, Port = Port, Queue = queue, MaxRecords = new(100), SerdeType = "JSON" };

    private AmqpTrigger Polling(string queue) => new() { Id = "t", Type = "amqp.Trigger", Url = $"amqp://guest:guest@{RabbitMqServer.Host}:{broker.Server.Port}", Queue = queue, MaxRecords = new(100) };

    private AmqpRealtimeTrigger Hearing(string queue) => new() { Id = "t", Type = "amqp.RealtimeTrigger", Host = RabbitMqServer.Host, Port = Port, Queue = queue };
}
