using FlowApps.Domain.Triggers;

namespace FlowApps.Plugins.Tasks.Triggers;

/// <summary>Switches a trigger on or off.</summary>
[Plugin("core.trigger.Toggle", "io.kestra.core.tasks.trigger.Toggle", Icon = "toggle-left")]
public sealed record Toggle : RunnableTask
{
    /// <summary>The id of the trigger.</summary>
    public required Property<string> Trigger { get; init; }

    /// <summary>The flow of the trigger; the running one when absent.</summary>
    public Property<string>? FlowId { get; init; }

    /// <summary>The namespace of that flow; the running flow's when absent.</summary>
    public Property<string>? Namespace { get; init; }

    /// <summary>Whether the trigger is switched on.</summary>
    public Property<bool> Enabled { get; init; } = new(false);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var key = new TriggerKey(context.Render(Namespace) ?? context.Flow.Namespace, context.Render(FlowId) ?? context.Flow.Id, context.Render(Trigger) ?? "");
        await context.Port<ITriggers>().SetDisabledAsync(key, !context.Render(Enabled), cancellation);
        return TaskOutcome.Success();
    }
}
