using FlowApps.Domain.Logs;
using FlowApps.Plugins.Files;
using FlowApps.Plugins.Tasks.Executions;

namespace FlowApps.Plugins.Tasks.Logs;

/// <summary>Puts log lines of an execution into a file, one JSON item per line.</summary>
[Plugin("core.log.Fetch", "io.kestra.core.tasks.log.Fetch", Icon = "list-search")]
public sealed record Fetch : RunnableTask
{
    private const int PageSize = 1000;

    /// <summary>The namespace of the flow; the running flow's when absent.</summary>
    public Property<string>? Namespace { get; init; }

    /// <summary>The flow of the execution.</summary>
    public Property<string>? FlowId { get; init; }

    /// <summary>The execution; the running one when absent.</summary>
    public Property<string>? ExecutionId { get; init; }

    /// <summary>Only lines of these tasks.</summary>
    public Property<IReadOnlyList<string>>? TasksId { get; init; }

    /// <summary>Only lines of this level and above.</summary>
    public Property<LogLevel> Level { get; init; } = "INFO";

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var query = new LogQuery
        {
            ExecutionId = await NamedExecution.OfAsync(context, ExecutionId, Namespace, FlowId, cancellation),
            TaskIds = context.Render(TasksId) ?? [],
            MinLevel = context.Render(Level),
        };
        var size = 0;
        await using var file = new ScratchFile(context);
        for (var page = 1; ; page++)
        {
            var lines = (await context.Port<ILogStore>().SearchAsync(query, new PageRequest(page, PageSize, "timestamp:asc"), cancellation)).Results;
            foreach (var line in lines) await file.WriteRowAsync(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(line, Data.Json), cancellation);
            size += lines.Count;
            if (lines.Count < PageSize) break;
        }
        return TaskOutcome.Success(("size", size), ("uri", await file.StoreAsync(".ion", cancellation)));
    }
}
