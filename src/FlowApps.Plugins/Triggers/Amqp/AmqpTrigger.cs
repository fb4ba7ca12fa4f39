using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Plugins.Tasks.Amqp;

namespace FlowApps.Plugins.Triggers.Amqp;

/// <summary>
/// Looks into a queue again and again and starts an execution with the messages that are there, in one file (<c>trigger.uri</c>, <c>trigger.count</c>). They are acknowledged
/// when the execution is stored. Those that come again because nobody heard of that are left out if they have a <c>messageId</c>.
/// </summary>
[Plugin("amqp.Trigger", Icon = "mailbox")]
public sealed record AmqpTrigger : PollingTrigger, IAmqpSource, IValidated
{
    private const string Taken = "taken";

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

    /// <summary>What the bodies are: STRING or JSON.</summary>
    public Property<SerdeType> SerdeType { get; init; } = "STRING";

    /// <summary>Of no use here: messages are fetched, nobody subscribes. It is read so that flows need no change.</summary>
    public Property<string> ConsumerTag { get; init; } = "Kestra";

    /// <summary>Whether the broker forgets messages as it sends them, so that a crash loses some.</summary>
    public Property<bool> AutoAck { get; init; } = new(false);

    /// <summary>How many messages one execution gets at most, up to 10,000.</summary>
    public Property<int>? MaxRecords { get; init; }

    /// <summary>How long one look waits for more; without it, only what is there is taken.</summary>
    public Property<TimeSpan>? MaxDuration { get; init; }

    public IEnumerable<Problem> Validate()
    {
        if (MaxRecords is null && MaxDuration is null) yield return new Problem("no_end", "Give maxRecords, maxDuration, or both, so that a look ends.", "maxRecords");
    }

    public override async ValueTask<IReadOnlyDictionary<string, object?>?> EvaluateAsync(TaskContext context, CancellationToken cancellation)
    {
        var before = context.Memory.Value.GetValueOrDefault(Taken) as IReadOnlyList<object?> ?? [];
        var batch = await AmqpBatch.TakeAsync(this, context, before.OfType<string>().ToHashSet(), cancellation);
        context.Memory.Handover = new Handover(batch);
        if (batch.Count == 0) return null;
        context.Memory.Keep(Data.Map((Taken, batch.Ids.ToList<object?>())));
        return Data.Map(("count", batch.Count), ("uri", batch.Uri));
    }

    private sealed class Handover(AmqpBatch batch) : IHandover
    {
        public Task ConfirmAsync(CancellationToken cancellation) => batch.ConfirmAsync(cancellation);

        public ValueTask DisposeAsync() => batch.DisposeAsync();
    }
}
