namespace FlowApps.Plugins.Tasks.Executions;

/// <summary>Sets variables of the running execution; later tasks read them as <c>vars.name</c>. Maps are merged deeply.</summary>
[Plugin("core.execution.SetVariables", Icon = "variable-plus")]
public sealed record SetVariables : RunnableTask
{
    /// <summary>The variables by name.</summary>
    public required Property<IReadOnlyDictionary<string, object?>> Variables { get; init; }

    /// <summary>Whether a variable that is already there is replaced; if not, setting it again fails.</summary>
    public Property<bool> Overwrite { get; init; } = new(true);

    public override bool Quick => true;

    public override ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var change = new Domain.Tasks.SetVariables(context.Render(Variables) ?? Data.Map(), context.Render(Overwrite));
        return ValueTask.FromResult(TaskOutcome.Success() with { Changes = [change] });
    }
}
