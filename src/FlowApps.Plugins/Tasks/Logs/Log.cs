using FlowApps.Domain.Logs;

namespace FlowApps.Plugins.Tasks.Logs;

/// <summary>Writes one or more messages to the log.</summary>
[Plugin("core.log.Log", "io.kestra.core.tasks.log.Log", Icon = "message")]
public sealed record Log : RunnableTask
{
    /// <summary>The message, or a list of messages.</summary>
    public required Property<object> Message { get; init; }

    /// <summary>The level of the messages.</summary>
    public Property<LogLevel> Level { get; init; } = "INFO";

    public override bool Quick => true;

    public override ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var level = context.Render(Level);
        var messages = Message.Raw is IReadOnlyList<object?> list ? list : [Message.Raw];
        foreach (var message in messages) context.Log(level, Text(context, message));
        return ValueTask.FromResult(TaskOutcome.Success());
    }

    private static string Text(TaskContext context, object? message) =>
        (message is string text ? context.Render(text) : (string?)PropertyConversion.To(typeof(string), context.RenderDeep(message))) ?? "";
}
