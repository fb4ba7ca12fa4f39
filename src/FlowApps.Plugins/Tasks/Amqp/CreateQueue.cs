using FlowApps.Plugins.Http;

namespace FlowApps.Plugins.Tasks.Amqp;

/// <summary>Makes a queue (<c>outputs.x.queue</c>); one that is there already and is the same is left as it is.</summary>
[Plugin("amqp.CreateQueue", Icon = "stack-push")]
public sealed record CreateQueue : AmqpTask
{
    /// <summary>The queue's name.</summary>
    public required Property<string> Name { get; init; }

    /// <summary>Whether the queue outlives a restart of the broker.</summary>
    public Property<bool> Durability { get; init; } = new(true);

    /// <summary>Whether the queue is for the connection that makes it, which ends with the task.</summary>
    public Property<bool> Exclusive { get; init; } = new(false);

    /// <summary>Whether the queue goes when its last consumer does.</summary>
    public Property<bool> AutoDelete { get; init; } = new(false);

    /// <summary>What else the broker should know, such as <c>x-queue-type: quorum</c>.</summary>
    public Property<IReadOnlyDictionary<string, object?>>? Args { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var name = context.Render(Name) ?? "";
        var args = (context.Render(Args) ?? Data.Map()).ToDictionary(entry => entry.Key, entry => entry.Value);
        await AmqpFailure.AskAsync(async () =>
        {
            await using var connection = await AmqpAddress.Of(this, context).OpenAsync(context.Port<OutboundPolicy>(), cancellation);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            return await channel.QueueDeclareAsync(name, context.Render(Durability), context.Render(Exclusive), context.Render(AutoDelete), args, cancellationToken: cancellation);
        });
        return TaskOutcome.Success(("queue", name));
    }
}
