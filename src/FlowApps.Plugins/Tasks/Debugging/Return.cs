using FlowApps.Domain.Logs;

namespace FlowApps.Plugins.Tasks.Debugging;

/// <summary>Renders a text and gives it out as <c>value</c>, to look at what an expression gives.</summary>
[Plugin("core.debug.Return", "io.kestra.core.tasks.debugs.Return", Icon = "arrow-back-up")]
public sealed record Return : RunnableTask
{
    /// <summary>The text to render.</summary>
    public Property<string>? Format { get; init; }

    public override bool Quick => true;

    public override ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var started = context.Clock.GetTimestamp();
        var value = context.Render(Format);
        var tags = new Dictionary<string, string> { ["format"] = Format?.ToString() ?? "" };
        if (value is not null) context.Metric(new Metric("length", MetricKind.Counter, value.Length, tags));
        context.Metric(new Metric("duration", MetricKind.Timer, context.Clock.GetElapsedTime(started).TotalSeconds, tags));
        return ValueTask.FromResult(TaskOutcome.Success(("value", value)));
    }
}
