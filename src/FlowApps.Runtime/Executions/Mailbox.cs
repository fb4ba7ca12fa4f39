namespace FlowApps.Runtime.Executions;

/// <summary>
/// The errands of one execution, taken by one turn at a time. It exists while it has something to do; it holds no thread while it waits.
/// </summary>
internal sealed class Mailbox(string executionId, Func<string, List<Errand>, Task> turn, Action<Mailbox> closed) : IThreadPoolWorkItem
{
    private readonly Lock gate = new();
    private List<Errand> waiting = [];
    private bool running;
    private bool isClosed;

    public string ExecutionId => executionId;

    /// <summary>False when this mailbox has just closed: the sender opens a new one.</summary>
    public bool TryPost(Errand errand)
    {
        lock (gate)
        {
            if (isClosed) return false;
            waiting.Add(errand);
            if (running) return true;
            running = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    public void Execute() => _ = DrainAsync();

    private async Task DrainAsync()
    {
        while (Take() is { } errands) await turn(executionId, errands);
        closed(this);
    }

    private List<Errand>? Take()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                isClosed = true;
                return null;
            }
            var taken = waiting;
            waiting = [];
            return taken;
        }
    }
}
