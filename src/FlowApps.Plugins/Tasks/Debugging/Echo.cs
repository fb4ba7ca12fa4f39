using FlowApps.Domain.Logs;

namespace FlowApps.Plugins.Tasks.Debugging;

/// <summary>Writes a text to the log. Use core.log.Log instead.</summary>
[Plugin("core.debug.Echo", "io.kestra.core.tasks.debugs.Echo", Deprecated = true, Icon = "message")]
public sealed record Echo : RunnableTask
{
    /// <summary>The text to write.</summary>
    public required Property<string> Format { get; init; }

    /// <summary>The level of the message.</summary>
    public Property<LogLevel> Level { get; init; } = "INFO";

    public override bool Quick => true;

    public override ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        context.Log(context.Render(Level), context.Render(Format) ?? "");
        return ValueTask.FromResult(TaskOutcome.Success());
    }
}
