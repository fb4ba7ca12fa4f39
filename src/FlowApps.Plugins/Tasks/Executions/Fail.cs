namespace FlowApps.Plugins.Tasks.Executions;

/// <summary>Fails the execution on purpose, always or when a condition holds.</summary>
[Plugin("core.execution.Fail", "io.kestra.core.tasks.executions.Fail", Icon = "circle-x")]
public sealed record Fail : RunnableTask
{
    /// <summary>Fails only when this renders to something true.</summary>
    public Property<string>? Condition { get; init; }

    /// <summary>What the failure says.</summary>
    public Property<string> ErrorMessage { get; init; } = "Task failure";

    public override bool Quick => true;

    public override ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation) =>
        ValueTask.FromResult(Condition is null || Truth.Of(context.Render(Condition))
            ? TaskOutcome.Failed(context.Render(ErrorMessage) ?? "")
            : TaskOutcome.Success());
}
