using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Tasks;

/// <summary>Waits for a while. In a flow it holds a timer, not a worker.</summary>
[Plugin("core.flow.Sleep", "io.kestra.core.tasks.flows.Sleep", Icon = "clock-pause")]
public sealed record Sleep : RunnableTask, ITimedTask
{
    /// <summary>How long, such as PT5M.</summary>
    public required Property<TimeSpan> Duration { get; init; }

    public TimeSpan DelayOf(Rendering render) => render.Property(Duration);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var delay = context.Render(Duration);
        context.Log(Domain.Logs.LogLevel.Info, $"Waiting for {Domain.Values.Duration.Write(delay)}");
        await Task.Delay(delay, context.Clock, cancellation);
        return TaskOutcome.Success();
    }
}
