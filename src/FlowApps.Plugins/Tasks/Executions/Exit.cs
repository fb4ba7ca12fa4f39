using FlowApps.Domain.Executions;

namespace FlowApps.Plugins.Tasks.Executions;

/// <summary>Ends the execution now, in a chosen state.</summary>
[Plugin("core.execution.Exit", Icon = "door-exit")]
public sealed record Exit : RunnableTask
{
    /// <summary>The state the execution ends in.</summary>
    public Property<ExitState> State { get; init; } = "SUCCESS";

    public override bool Quick => true;

    public override ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation) =>
        ValueTask.FromResult(TaskOutcome.Success() with { Changes = [new ExitExecution(StateOf(context.Render(State)))] });

    private static State StateOf(ExitState exit) => exit switch
    {
        ExitState.Success => Domain.Executions.State.Success,
        ExitState.Warning => Domain.Executions.State.Warning,
        ExitState.Killed => Domain.Executions.State.Killed,
        ExitState.Failed => Domain.Executions.State.Failed,
        ExitState.Canceled or ExitState.Cancelled => Domain.Executions.State.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(exit)),
    };
}
