using FlowApps.Plugins.Files;
using FlowApps.Plugins.Http;
using RabbitMQ.Client;

namespace FlowApps.Plugins.Tasks.Amqp;

/// <summary>
/// Messages that were taken from a queue into a file of internal storage, until <c>maxRecords</c> are there or <c>maxDuration</c> is over; without that, until the queue is
/// empty. Unless they are confirmed before the connection closes, the broker gives them to somebody else.
/// </summary>
internal sealed class AmqpBatch : IAsyncDisposable
{
    private const int Limit = 10_000;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private readonly IConnection connection;
    private readonly IChannel channel;
    private readonly IAmqpSource source;
    private readonly TaskContext context;
    private readonly bool acknowledges;
    private ulong last;

    private AmqpBatch(IAmqpSource source, TaskContext context, IConnection connection, IChannel channel) =>
        (this.source, this.context, this.connection, this.channel, acknowledges) = (source, context, connection, channel, !context.Render(source.AutoAck));

    public int Count { get; private set; }

    /// <summary>Where the messages are, one JSON map a line; null when there are none.</summary>
    public string? Uri { get; private set; }

    /// <summary>The ids of those messages that have one, known ones too.</summary>
    public List<string> Ids { get; } = [];

    /// <summary>
    /// Takes the messages; those whose ids are <paramref name="known"/> were taken before, and only have to be confirmed. Errors: <see cref="TaskFailedException"/> with what the
    /// broker said.
    /// </summary>
    public static Task<AmqpBatch> TakeAsync(IAmqpSource source, TaskContext context, IReadOnlySet<string> known, CancellationToken cancellation) => AmqpFailure.AskAsync(async () =>
    {
        var connection = await AmqpAddress.Of(source, context).OpenAsync(context.Port<OutboundPolicy>(), cancellation);
        try
        {
            var batch = new AmqpBatch(source, context, connection, await connection.CreateChannelAsync(cancellationToken: cancellation));
            await batch.FillAsync(known, cancellation);
            return batch;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    });

    /// <summary>The messages are kept here: the broker forgets them.</summary>
    public Task ConfirmAsync(CancellationToken cancellation) => AmqpFailure.AskAsync(async () =>
    {
        if (acknowledges && last > 0) await channel.BasicAckAsync(last, multiple: true, cancellation);
        // Closing waits until the broker has read what was sent.
        await channel.CloseAsync(cancellation);
        return true;
    });

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async Task FillAsync(IReadOnlySet<string> known, CancellationToken cancellation)
    {
        var (queue, serde, wanted) = (context.Render(source.Queue) ?? "", context.Render(source.SerdeType), Math.Min(context.Render(source.MaxRecords, Limit), Limit));
        TimeSpan? patience = source.MaxDuration is { } duration ? context.Render(duration) : null;
        var started = context.Clock.GetTimestamp();
        await using var file = new ScratchFile(context);
        while (Count < wanted && !(patience < context.Clock.GetElapsedTime(started)))
        {
            if (await channel.BasicGetAsync(queue, !acknowledges, cancellation) is not { } message)
            {
                if (patience is null) break;
                await Task.Delay(BetweenLooks, context.Clock, cancellation);
                continue;
            }
            last = message.DeliveryTag;
            if (message.BasicProperties.MessageId is { Length: > 0 } id)
            {
                Ids.Add(id);
                if (message.Redelivered && known.Contains(id)) continue;
            }
            await file.WriteRowAsync(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes<object?>(AmqpMessage.Read(message.BasicProperties, message.Body.Span, serde), Data.Json), cancellation);
            Count++;
        }
        if (Count > 0) Uri = await file.StoreAsync(".ion", cancellation);
    }
}
