using FlowApps.Domain.Logs;

namespace FlowApps.Plugins.Tasks.Logs;

/// <summary>Deletes old log lines.</summary>
[Plugin("core.log.PurgeLogs", Icon = "trash")]
public sealed record PurgeLogs : RunnableTask
{
    /// <summary>The namespace; all when absent.</summary>
    public Property<string>? Namespace { get; init; }

    /// <summary>The flow; all when absent.</summary>
    public Property<string>? FlowId { get; init; }

    /// <summary>The execution; all when absent.</summary>
    public Property<string>? ExecutionId { get; init; }

    /// <summary>The levels to delete; all when absent.</summary>
    public Property<IReadOnlyList<LogLevel>>? LogLevels { get; init; }

    /// <summary>Lines from this moment on.</summary>
    public Property<DateTimeOffset>? StartDate { get; init; }

    /// <summary>Lines before this moment.</summary>
    public required Property<DateTimeOffset> EndDate { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var query = new LogQuery
        {
            Namespace = context.Render(Namespace),
            FlowId = context.Render(FlowId),
            ExecutionId = context.Render(ExecutionId),
            Levels = context.Render(LogLevels) ?? [],
            From = StartDate is null ? null : context.Render(StartDate),
            To = context.Render(EndDate),
        };
        return TaskOutcome.Success(("count", await context.Port<ILogStore>().DeleteAsync(query, cancellation)));
    }
}
