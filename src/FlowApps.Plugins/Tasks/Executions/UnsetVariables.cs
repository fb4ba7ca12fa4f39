namespace FlowApps.Plugins.Tasks.Executions;

/// <summary>Removes variables of the running execution from <c>vars</c>.</summary>
[Plugin("core.execution.UnsetVariables", Icon = "variable-minus")]
public sealed record UnsetVariables : RunnableTask
{
    /// <summary>The names of the variables; a dot reaches into a map.</summary>
    public required Property<IReadOnlyList<string>> Variables { get; init; }

    /// <summary>Taken for flows written for Kestra: a variable that is not there is passed over, with this and without.</summary>
    public Property<bool> IgnoreMissing { get; init; } = new(false);

    public override bool Quick => true;

    public override ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var change = new Domain.Tasks.UnsetVariables(context.Render(Variables) ?? [], context.Render(IgnoreMissing));
        return ValueTask.FromResult(TaskOutcome.Success() with { Changes = [change] });
    }
}
