using System.Collections.Concurrent;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Logs;
using FlowApps.Runtime.Executions;

namespace FlowApps.Runtime.News;

/// <summary>What is told inside this process after a commit: news of executions, durable log lines, and ends that somebody waits for.</summary>
internal sealed class ExecutionFeed
{
    private const string Everything = "";
    private readonly Subscriptions<ExecutionNews> news = new();
    private readonly Subscriptions<LogEntry> logs = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Execution>> ends = new(StringComparer.Ordinal);

    public void Publish(LiveExecution execution)
    {
        if (!news.IsEmpty) Publish(new ExecutionNews(execution.State.Id, execution.Version, execution.State.State.Current, execution.State.Flow));
        if (!ends.IsEmpty && execution.State.IsSettled && ends.TryRemove(execution.State.Id, out var waiters))
            waiters.TrySetResult(execution.State);
    }

    /// <summary>Another process committed this.</summary>
    public void Publish(ExecutionNews item)
    {
        news.Publish(item.ExecutionId, item);
        news.Publish(Everything, item);
    }

    /// <summary>The executions whose end somebody here waits for.</summary>
    public IReadOnlyCollection<string> Awaited => [.. ends.Keys];

    public bool IsAwaited(string id) => ends.ContainsKey(id);

    public void Publish(IReadOnlyList<LogEntry> lines)
    {
        if (logs.IsEmpty) return;
        foreach (var line in lines)
            if (line.ExecutionId is { } id) logs.Publish(id, line);
    }

    /// <summary>Completes at the next news that the execution is over. Ask before loading, so that nothing falls between.</summary>
    public Task<Execution> EndOf(string id) =>
        ends.GetOrAdd(id, _ => new TaskCompletionSource<Execution>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>The end was found by loading: everybody who waits is told.</summary>
    public void Ended(Execution over)
    {
        if (ends.TryRemove(over.Id, out var waiters)) waiters.TrySetResult(over);
    }

    /// <summary>One execution: only its latest news is kept for a slow reader. All: the last few thousand.</summary>
    public IAsyncEnumerable<ExecutionNews> Watch(string? id, CancellationToken cancellation) => news.Listen(id ?? Everything, id is null ? 4096 : 1, cancellation);

    public IAsyncEnumerable<LogEntry> WatchLogs(string id, CancellationToken cancellation) => logs.Listen(id, 10_000, cancellation);
}
