namespace FlowApps.Plugins.Tasks.Templating;

/// <summary>Makes a task from rendered text and runs it.</summary>
[Plugin("core.templating.TemplatedTask", "io.kestra.core.tasks.templating.TemplatedTask", Icon = "template")]
public sealed record TemplatedTask : RunnableTask
{
    /// <summary>The YAML of a runnable task; it is rendered before it is read.</summary>
    public required Property<string> Spec { get; init; }

    public override ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation) =>
        context.Port<ITaskReader>().ReadTask(context.Render(Spec) ?? "") switch
        {
            TemplatedTask => throw new TaskFailedException("The templated task cannot be a templated task itself."),
            RunnableTask task => task.RunAsync(context, cancellation),
            _ => throw new TaskFailedException("The templated task must be a runnable task"),
        };
}
