using System.Collections.Frozen;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Problems;

namespace FlowApps.Plugins.Tasks.Amqp;

/// <summary>
/// Takes messages from a queue into a file (<c>outputs.x.uri</c>, one message a line; <c>count</c>), until <c>maxRecords</c> are there or <c>maxDuration</c> is over; with
/// <c>maxRecords</c> alone also when the queue is empty. They are acknowledged when the file is stored.
/// </summary>
[Plugin("amqp.Consume", Icon = "mailbox")]
public sealed record Consume : AmqpTask, IAmqpSource, IValidated
{
    /// <summary>The queue.</summary>
    public required Property<string> Queue { get; init; }

    /// <summary>What the bodies are: STRING or JSON.</summary>
    public Property<SerdeType> SerdeType { get; init; } = "STRING";

    /// <summary>Of no use here: messages are fetched, nobody subscribes. It is read so that flows need no change.</summary>
    public Property<string> ConsumerTag { get; init; } = "Kestra";

    /// <summary>Whether the broker forgets messages as it sends them, so that a crash loses some.</summary>
    public Property<bool> AutoAck { get; init; } = new(false);

    /// <summary>How many messages are taken at most, up to 10,000.</summary>
    public Property<int>? MaxRecords { get; init; }

    /// <summary>How long messages are waited for.</summary>
    public Property<TimeSpan>? MaxDuration { get; init; }

    public IEnumerable<Problem> Validate()
    {
        if (MaxRecords is null && MaxDuration is null) yield return new Problem("no_end", "Give maxRecords, maxDuration, or both, so that the task ends.", "maxRecords");
    }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        await using var batch = await AmqpBatch.TakeAsync(this, context, FrozenSet<string>.Empty, cancellation);
        await batch.ConfirmAsync(cancellation);
        context.Metric(new Metric("records", MetricKind.Counter, batch.Count));
        return TaskOutcome.Success(("count", batch.Count), ("uri", batch.Uri));
    }
}
