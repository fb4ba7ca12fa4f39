using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Runtime.Executions;
using Timer = FlowApps.Domain.Executions.Timer;

namespace FlowApps.Runtime.Timers;

/// <summary>
/// Rings the timers of the next hour at their time; later ones stay rows and are read when their hour comes. Timers made here are armed after their commit.
/// A late or needless ring is harmless: the state decides.
/// </summary>
internal sealed class TimerPump(IPendingStore store, ExecutionPost post, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private const int PageSize = 10_000;
    private readonly Lock gate = new();
    private readonly PriorityQueue<Timer, DateTimeOffset> queue = new();
    private readonly HashSet<string> armed = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stop = new();
    private DateTimeOffset horizon;
    private TaskCompletionSource wake = NewWake();
    private Task running = Task.CompletedTask;

    /// <summary>Loads what is due soon and starts to ring.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        running = RunAsync(stop.Token);
    }

    public void Arm(IReadOnlyList<Timer> timers)
    {
        lock (gate)
        {
            var sooner = false;
            foreach (var timer in timers)
                if (timer.Due <= horizon && armed.Add(timer.Id))
                {
                    sooner |= !queue.TryPeek(out _, out var first) || timer.Due < first;
                    queue.Enqueue(timer, timer.Due);
                }
            if (sooner) wake.TrySetResult();
        }
    }

    /// <summary>Reads the rows of the next hour, at start and when the hour moves on. Those of other processes are theirs to ring, unless they are late (Recovery).</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        var until = clock.GetUtcNow() + Window;
        var timers = await store.TimersAsync(until, PageSize, cancellation);
        lock (gate) horizon = timers.Count < PageSize ? until : timers[^1].Due;
        Arm(timers);
    }

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested) return;
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var (due, pause, woken) = TakeDue();
            foreach (var timer in due)
            {
                Fault.Point("timer-before-ring");
                post.Post(timer.ExecutionId, new Errand(timer.Command) { TimerId = timer.Id });
            }
            if (due.Count > 0) continue;
            using var alarm = new CancellationTokenSource(pause, clock);
            await using var ended = cancellation.Register(() => woken.TrySetCanceled(cancellation));
            await using var rang = alarm.Token.Register(() => woken.TrySetResult());
            await woken.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellation.IsCancellationRequested && HorizonIsNear()) await ReloadAsync(cancellation);
        }
    }

    private bool HorizonIsNear()
    {
        lock (gate) return horizon - clock.GetUtcNow() < Window / 2;
    }

    private async Task ReloadAsync(CancellationToken cancellation)
    {
        try
        {
            await LoadAsync(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private (List<Timer> Due, TimeSpan Pause, TaskCompletionSource Woken) TakeDue()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var due = new List<Timer>();
            while (queue.TryPeek(out var timer, out var at) && at <= now)
            {
                queue.Dequeue();
                armed.Remove(timer.Id);
                due.Add(timer);
            }
            if (wake.Task.IsCompleted) wake = NewWake();
            var pause = queue.TryPeek(out _, out var next) ? next - now : Window;
            return (due, pause < Window / 4 ? pause + TimeSpan.FromMilliseconds(1) : Window / 4, wake);
        }
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
