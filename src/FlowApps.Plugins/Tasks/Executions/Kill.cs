using FlowApps.Domain.Executions;

namespace FlowApps.Plugins.Tasks.Executions;

/// <summary>Kills an execution.</summary>
[Plugin("core.execution.Kill", Icon = "circle-off")]
public sealed record Kill : RunnableTask
{
    /// <summary>The id of the execution.</summary>
    public required Property<string> ExecutionId { get; init; }

    /// <summary>Whether the executions of its Subflow tasks are killed too.</summary>
    public Property<bool> PropagateKill { get; init; } = new(true);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var asker = new Asker(null, context.IdempotencyKey);
        await context.Port<IExecutions>().KillAsync(context.Render(ExecutionId) ?? "", context.Render(PropagateKill), asker, cancellation);
        return TaskOutcome.Success();
    }
}
