using System.Threading.Channels;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Tests.Triggers;

/// <summary>Finds the numbers that a test puts into its box, one per look.</summary>
[Plugin("test.Box")]
public sealed record BoxTrigger : PollingTrigger
{
    public static Channel<int> Box { get; } = Channel.CreateUnbounded<int>();

    public override ValueTask<IReadOnlyDictionary<string, object?>?> EvaluateAsync(TaskContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyDictionary<string, object?>?>(Box.Reader.TryRead(out var number) ? Data.Map(("number", number)) : null);
}

/// <summary>Starts an execution for each number that a test sends, and acknowledges it when that is durable.</summary>
[Plugin("test.Stream")]
public sealed record StreamTrigger : RealtimeTrigger
{
    /// <summary>Numbers from here on are the names of their events too.</summary>
    public const int FirstNamed = 1000;

    public static Channel<int> Numbers { get; } = Channel.CreateUnbounded<int>();

    public static Channel<int> Acknowledged { get; } = Channel.CreateUnbounded<int>();

    public override async Task ListenAsync(TaskContext context, Func<TriggerEvent, CancellationToken, Task> emit, CancellationToken cancellation)
    {
        await foreach (var number in Numbers.Reader.ReadAllAsync(cancellation))
        {
            if (number < 0) throw new IOException("The line broke.");
            await emit(new TriggerEvent(Data.Map(("number", number))) { Id = number >= FirstNamed ? $"number {number}" : null }, cancellation);
            await Acknowledged.Writer.WriteAsync(number, cancellation);
        }
    }
}

/// <summary>Listens and hears nothing; says when it begins and ends.</summary>
[Plugin("test.Quiet")]
public sealed record QuietTrigger : RealtimeTrigger
{
    public static Channel<bool> Listening { get; } = Channel.CreateUnbounded<bool>();

    public static Channel<bool> Ended { get; } = Channel.CreateUnbounded<bool>();

    public override async Task ListenAsync(TaskContext context, Func<TriggerEvent, CancellationToken, Task> emit, CancellationToken cancellation)
    {
        Listening.Writer.TryWrite(true);
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Ended.Writer.TryWrite(true);
    }
}
