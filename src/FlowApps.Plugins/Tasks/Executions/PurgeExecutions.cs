using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Logs;

namespace FlowApps.Plugins.Tasks.Executions;

/// <summary>Deletes old executions with what belongs to them. Executions that are not at their end are passed over.</summary>
[Plugin("core.execution.PurgeExecutions", "io.kestra.core.tasks.storages.Purge", "core.storage.Purge", Icon = "trash")]
public sealed record PurgeExecutions : RunnableTask
{
    private static readonly State[] Ended = [.. Enum.GetValues<State>().Where(state => state.IsTerminal)];

    /// <summary>The namespace, with those below it; all when absent.</summary>
    public Property<string>? Namespace { get; init; }

    /// <summary>The flow; all when absent.</summary>
    public Property<string>? FlowId { get; init; }

    /// <summary>Executions that started from this moment on.</summary>
    public Property<DateTimeOffset>? StartDate { get; init; }

    /// <summary>Executions that started before this moment.</summary>
    public required Property<DateTimeOffset> EndDate { get; init; }

    /// <summary>The states of the executions to delete; all end states when absent.</summary>
    public Property<IReadOnlyList<State>>? States { get; init; }

    /// <summary>Whether the executions themselves are deleted.</summary>
    public Property<bool> PurgeExecution { get; init; } = new(true);

    /// <summary>Whether their logs are deleted.</summary>
    public Property<bool> PurgeLog { get; init; } = new(true);

    /// <summary>Whether their metrics are deleted.</summary>
    public Property<bool> PurgeMetric { get; init; } = new(true);

    /// <summary>Whether their files are deleted.</summary>
    public Property<bool> PurgeStorage { get; init; } = new(true);

    /// <summary>How many executions are taken at a time.</summary>
    public Property<int> BatchSize { get; init; } = new(100);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var tally = new Tally();
        foreach (var execution in await FindAsync(context, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            tally += await PurgeAsync(context, execution, cancellation);
        }
        return TaskOutcome.Success(("executionsCount", tally.Executions), ("logsCount", tally.Logs), ("metricsCount", tally.Metrics), ("storagesCount", tally.Files));
    }

    /// <summary>All of them are listed before the first is deleted, so that pages do not shift.</summary>
    private async Task<IReadOnlyList<ExecutionSummary>> FindAsync(TaskContext context, CancellationToken cancellation)
    {
        var wanted = context.Render(States) is { Count: > 0 } states ? states : Ended;
        var query = new ExecutionQuery
        {
            Namespace = context.Render(Namespace),
            FlowId = context.Render(FlowId),
            States = [.. wanted.Where(state => state.IsTerminal)],
            From = StartDate is null ? null : context.Render(StartDate),
            To = context.Render(EndDate),
            Tests = true,
        };
        if (query.States.Count == 0) return [];
        var (found, size) = (new List<ExecutionSummary>(), Math.Clamp(context.Render(BatchSize), 1, 1000));
        for (var page = 1; ; page++)
        {
            var part = await context.Port<IExecutionStore>().SearchAsync(query, new PageRequest(page, size), cancellation);
            found.AddRange(part.Results.Where(execution => execution.Id != context.ExecutionId));
            if (part.Results.Count < size) return found;
        }
    }

    private async Task<Tally> PurgeAsync(TaskContext context, ExecutionSummary execution, CancellationToken cancellation)
    {
        var logs = context.Render(PurgeLog) ? await context.Port<ILogStore>().DeleteAsync(new LogQuery { ExecutionId = execution.Id }, cancellation) : 0;
        var metrics = context.Render(PurgeMetric) ? await context.Port<ILogStore>().DeleteMetricsAsync(execution.Id, cancellation) : 0;
        var files = context.Render(PurgeStorage) ? await DeleteFilesAsync(context.Port<IFileStore>(), execution, cancellation) : 0;
        var gone = context.Render(PurgeExecution) && await context.Port<IExecutions>().DeleteAsync(execution.Id, logs: false, metrics: false, files: false, cancellation);
        return new Tally(gone ? 1 : 0, logs, metrics, files);
    }

    private static async Task<long> DeleteFilesAsync(IFileStore store, ExecutionSummary execution, CancellationToken cancellation)
    {
        var path = FilePaths.Execution(execution.Namespace, execution.FlowId, execution.Id);
        return await store.FindAsync(path, cancellation) is null ? 0 : (await store.DeleteAsync(path, cancellation)).Count;
    }

    private readonly record struct Tally(long Executions, long Logs, long Metrics, long Files)
    {
        public static Tally operator +(Tally a, Tally b) => new(a.Executions + b.Executions, a.Logs + b.Logs, a.Metrics + b.Metrics, a.Files + b.Files);
    }
}
