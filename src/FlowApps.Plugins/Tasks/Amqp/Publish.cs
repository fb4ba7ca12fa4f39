using System.Runtime.CompilerServices;
using FlowApps.Domain.Files;
using FlowApps.Domain.Logs;
using FlowApps.Plugins.Files;
using FlowApps.Plugins.Http;
using RabbitMQ.Client;

namespace FlowApps.Plugins.Tasks.Amqp;

/// <summary>
/// Sends messages to an exchange (<c>outputs.x.messagesCount</c>) and waits until the broker has taken each. A message without <c>messageId</c> gets one that stays the same
/// when the attempt is repeated after a crash, so that whoever knows ids takes it once.
/// </summary>
[Plugin("amqp.Publish", Icon = "send")]
public sealed record Publish : AmqpTask
{
    /// <summary>The exchange; empty for the one that leads to the queue which the routing key names.</summary>
    public required Property<string> Exchange { get; init; }

    /// <summary>The routing key.</summary>
    public Property<string>? RoutingKey { get; init; }

    /// <summary>
    /// The messages: a map, a list of maps, or the URI of a file with one a line. Each has <c>data</c> and may have headers, contentType, contentEncoding, deliveryMode,
    /// priority, messageId, correlationId, replyTo, expiration, timestamp, type, userId and appId.
    /// </summary>
    public required Property<object> From { get; init; }

    /// <summary>How the bodies are written: STRING or JSON.</summary>
    public Property<SerdeType> SerdeType { get; init; } = "STRING";

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var (exchange, key, serde) = (context.Render(Exchange) ?? "", context.Render(RoutingKey) ?? "", context.Render(SerdeType));
        var count = await AmqpFailure.AskAsync(async () =>
        {
            await using var connection = await AmqpAddress.Of(this, context).OpenAsync(context.Port<OutboundPolicy>(), cancellation);
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
            var sent = 0;
            await foreach (var message in MessagesAsync(context, cancellation))
            {
                var (properties, body) = AmqpMessage.Write(message, serde);
                properties.MessageId ??= $"{context.IdempotencyKey}.{sent}";
                await channel.BasicPublishAsync(exchange, key, mandatory: false, properties, body, cancellation);
                sent++;
            }
            return sent;
        });
        context.Metric(new Metric("records", MetricKind.Counter, count));
        return TaskOutcome.Success(("messagesCount", count));
    }

    private async IAsyncEnumerable<IReadOnlyDictionary<string, object?>> MessagesAsync(TaskContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var given = From.Raw is string template ? context.RenderTyped(template) : context.RenderDeep(From.Raw);
        if (given is string uri && FilePaths.FromUri(uri) is not null)
        {
            await using var content = await context.OpenFileAsync(uri, cancellation);
            var items = new ItemReader(context, content);
            while (await items.NextAsync(cancellation) is { } row) yield return items.Fields(row);
            yield break;
        }
        foreach (var item in given is string json ? Listed(Parsed(json)) : Listed(given))
            yield return item as IReadOnlyDictionary<string, object?> ?? throw new TaskFailedException("Each message is a map with `data`.");
    }

    private static IReadOnlyList<object?> Listed(object? value) => value as IReadOnlyList<object?> ?? [value];

    private static object? Parsed(string json)
    {
        try
        {
            return Data.Parse(json);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new TaskFailedException("`from` is neither messages nor the URI of a file (kestra:///…).", null, e);
        }
    }
}
