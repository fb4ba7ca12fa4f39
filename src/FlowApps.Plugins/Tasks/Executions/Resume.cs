using FlowApps.Domain.Executions;

namespace FlowApps.Plugins.Tasks.Executions;

/// <summary>Resumes a paused execution.</summary>
[Plugin("core.execution.Resume", Icon = "player-play")]
public sealed record Resume : RunnableTask
{
    /// <summary>The id of the execution; the running one when absent.</summary>
    public Property<string>? ExecutionId { get; init; }

    /// <summary>The namespace of its flow; the running flow's when absent.</summary>
    public Property<string>? Namespace { get; init; }

    /// <summary>Its flow.</summary>
    public Property<string>? FlowId { get; init; }

    /// <summary>The answers to what the paused task asks.</summary>
    public Property<IReadOnlyDictionary<string, object?>>? Inputs { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var id = await NamedExecution.OfAsync(context, ExecutionId, Namespace, FlowId, cancellation);
        var asker = new Asker(null, context.IdempotencyKey);
        await context.Port<IExecutions>().ResumeAsync(id, null, context.Render(Inputs) ?? Data.Map(), "approved", null, null, asker, cancellation);
        return TaskOutcome.Success();
    }
}
