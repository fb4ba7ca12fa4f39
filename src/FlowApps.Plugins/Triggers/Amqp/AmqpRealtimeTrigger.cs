using System.Threading.Channels;
using FlowApps.Domain.Triggers;
using FlowApps.Plugins.Http;
using FlowApps.Plugins.Tasks.Amqp;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace FlowApps.Plugins.Triggers.Amqp;

/// <summary>
/// Starts an execution for each message of a queue (<c>trigger.data</c>, <c>headers</c>, <c>messageId</c> and the other properties), one after the other. A message is
/// acknowledged when its execution is stored. One that comes again because nobody heard of that starts no second execution if it has a <c>messageId</c>.
/// </summary>
[Plugin("amqp.RealtimeTrigger", Icon = "broadcast")]
public sealed record AmqpRealtimeTrigger : RealtimeTrigger, IAmqpFields
{
    private const ushort Ahead = 50;

    /// <summary>The broker as one address: <c>amqp://user:password@host:5672/virtual_host</c>.</summary>
    [Deprecated("host")]
    public Property<string>? Url { get; init; }

    /// <summary>The broker's host.</summary>
    public Property<string>? Host { get; init; }

    /// <summary>Its port; 5671 speaks TLS.</summary>
    public Property<string> Port { get; init; } = "5672";

    /// <summary>Who asks.</summary>
    public Property<string>? Username { get; init; }

    /// <summary>The password; a secret.</summary>
    public Property<string>? Password { get; init; }

    /// <summary>The virtual host.</summary>
    public Property<string> VirtualHost { get; init; } = "/";

    /// <summary>The queue.</summary>
    public required Property<string> Queue { get; init; }

    /// <summary>The consumer's name at the broker.</summary>
    public Property<string> ConsumerTag { get; init; } = "Kestra";

    /// <summary>Whether the broker forgets messages as it sends them, so that a crash loses some.</summary>
    public Property<bool> AutoAck { get; init; } = new(false);

    /// <summary>What the bodies are: STRING or JSON.</summary>
    public Property<SerdeType> SerdeType { get; init; } = "STRING";

    public override Task ListenAsync(TaskContext context, Func<TriggerEvent, CancellationToken, Task> emit, CancellationToken cancellation) => AmqpFailure.AskAsync(async () =>
    {
        var acknowledges = !context.Render(AutoAck);
        await using var connection = await AmqpAddress.Of(this, context).OpenAsync(context.Port<OutboundPolicy>(), cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        await channel.BasicQosAsync(0, Ahead, false, cancellation);
        var deliveries = await SubscribeAsync(context, channel, !acknowledges, cancellation);
        await foreach (var (tag, found) in deliveries.ReadAllAsync(cancellation))
        {
            await emit(found, cancellation);
            if (acknowledges) await channel.BasicAckAsync(tag, multiple: false, CancellationToken.None);
        }
        return true;
    });

    /// <summary>The messages as they come. Ends with an error when the broker ends it.</summary>
    private async Task<ChannelReader<(ulong Tag, TriggerEvent Found)>> SubscribeAsync(TaskContext context, IChannel channel, bool autoAck, CancellationToken cancellation)
    {
        var (queue, serde) = (context.Render(Queue) ?? "", context.Render(SerdeType));
        var deliveries = Channel.CreateUnbounded<(ulong, TriggerEvent)>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            deliveries.Writer.TryWrite((message.DeliveryTag, new TriggerEvent(AmqpMessage.Read(message.BasicProperties, message.Body.Span, serde)) { Id = message.BasicProperties.MessageId }));
            return Task.CompletedTask;
        };
        consumer.UnregisteredAsync += (_, _) => EndAsync($"The broker gives nothing more of the queue '{queue}'.");
        channel.ChannelShutdownAsync += (_, news) => EndAsync($"The connection to the broker ended: {news.ReplyText}");
        await channel.BasicConsumeAsync(queue, autoAck, context.Render(ConsumerTag) ?? "", noLocal: false, exclusive: false, arguments: null, consumer, cancellation);
        context.Log(Domain.Logs.LogLevel.Debug, $"Listening to the queue {queue}.");
        return deliveries.Reader;

        Task EndAsync(string why)
        {
            deliveries.Writer.TryComplete(new TaskFailedException(why));
            return Task.CompletedTask;
        }
    }
}
