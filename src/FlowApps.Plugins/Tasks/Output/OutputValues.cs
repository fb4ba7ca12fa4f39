namespace FlowApps.Plugins.Tasks.Output;

/// <summary>Gives out named values, for the tasks after it and for the outputs of the flow.</summary>
[Plugin("core.output.OutputValues", Icon = "variable")]
public sealed record OutputValues : RunnableTask
{
    /// <summary>The values by name; expressions in names and values are rendered.</summary>
    public required Property<IReadOnlyDictionary<string, object?>> Values { get; init; }

    public override bool Quick => true;

    public override ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation) =>
        ValueTask.FromResult(TaskOutcome.Success(("values", context.Render(Values))));
}
