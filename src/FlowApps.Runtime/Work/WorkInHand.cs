using FlowApps.Domain.Executions;

namespace FlowApps.Runtime.Work;

/// <summary>A leased work item, waiting or running here, and the means to interrupt it.</summary>
internal sealed class WorkInHand(WorkItem item, CancellationTokenSource source) : IDisposable
{
    private readonly Lock gate = new();
    private bool isDone;

    public WorkItem Item => item;

    public CancellationToken Cancellation { get; } = source.Token;

    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Interrupt()
    {
        lock (gate)
        {
            if (isDone) return;
        }
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended in the same moment.
        }
    }

    public void Dispose()
    {
        lock (gate) isDone = true;
        source.Dispose();
        Done.TrySetResult();
    }
}
