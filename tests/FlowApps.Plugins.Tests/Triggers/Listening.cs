using System.Threading.Channels;
using FlowApps.Domain.Triggers;

namespace FlowApps.Plugins.Tests.Triggers;

/// <summary>A realtime trigger that runs, as the runtime runs it: what it remembers is stored with each event.</summary>
internal sealed class Listening : IAsyncDisposable
{
    private readonly Channel<IReadOnlyDictionary<string, object?>> events = Channel.CreateUnbounded<IReadOnlyDictionary<string, object?>>();
    private readonly CancellationTokenSource stop = new(TimeSpan.FromSeconds(120));
    private readonly Task running;

    public Listening(RealtimeTrigger trigger, TaskContext context)
    {
        Stored = context.Memory.Value;
        running = trigger.ListenAsync(context, (found, _) =>
        {
            Stored = context.Memory.Value;
            context.Memory.Stored();
            events.Writer.TryWrite(found.Variables);
            return Task.CompletedTask;
        }, stop.Token);
        _ = running.ContinueWith(ended => events.Writer.TryComplete(ended.Exception?.InnerException), TaskScheduler.Default);
    }

    /// <summary>What a restart would find.</summary>
    public IReadOnlyDictionary<string, object?> Stored { get; private set; }

    /// <summary>The next event. Errors: those of the trigger.</summary>
    public async Task<IReadOnlyDictionary<string, object?>> NextAsync() => await events.Reader.ReadAsync(stop.Token);

    public bool HasMore => events.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }
}
