using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;

namespace FlowApps.Domain.Tasks;

/// <summary>
/// What every task has (kestra-semantics 3.1). A task type is a record below <see cref="RunnableTask"/> (does, in FlowApps.Plugins) or
/// <see cref="FlowableTask"/> (decides what comes next, in FlowApps.Engine), marked with <see cref="Plugins.PluginAttribute"/>.
/// The reader of flows fills its properties by name (camel case): <see cref="Property{T}"/> is dynamic, everything else is literal;
/// <c>required</c> properties must be given.
/// </summary>
public abstract record TaskDefinition
{
    public required string Id { get; init; }

    /// <summary>The type as written in the flow.</summary>
    public required string Type { get; init; }
    public string? Description { get; init; }
    public Property<TimeSpan>? Timeout { get; init; }
    public Retry? Retry { get; init; }
    public bool Disabled { get; init; }
    public bool AllowFailure { get; init; }
    public bool AllowWarning { get; init; }
    public string? RunIf { get; init; }
    public LogLevel? LogLevel { get; init; }
    public bool LogToFile { get; init; }
    public WorkerGroup? WorkerGroup { get; init; }
    public TaskCache? TaskCache { get; init; }

    /// <summary>Named lists of child tasks, in reading order; empty for tasks without children. For drawing, validating and finding tasks.</summary>
    public virtual IEnumerable<TaskBranch> Branches() => [];
}

/// <summary>A list of child tasks and what it is called in the flow (tasks, then, else, cases.x, errors, finally …).</summary>
public sealed record TaskBranch(string Name, IReadOnlyList<TaskDefinition> Tasks);

/// <summary>Reuse the outputs of an identical earlier run, at most <c>Ttl</c> old.</summary>
public sealed record TaskCache(bool Enabled, TimeSpan? Ttl = null);

/// <summary>A task that only decides which tasks come next. Its rules are in FlowApps.Engine.</summary>
public abstract record FlowableTask : TaskDefinition
{
    public IReadOnlyList<TaskDefinition> Errors { get; init; } = [];
    public IReadOnlyList<TaskDefinition> Finally { get; init; } = [];

    public sealed override IEnumerable<TaskBranch> Branches()
    {
        foreach (var branch in OwnBranches()) yield return branch;
        if (Errors.Count > 0) yield return new TaskBranch("errors", Errors);
        if (Finally.Count > 0) yield return new TaskBranch("finally", Finally);
    }

    protected abstract IEnumerable<TaskBranch> OwnBranches();
}

/// <summary>A task that does something, on a worker.</summary>
public abstract record RunnableTask : TaskDefinition
{
    /// <summary>
    /// True for tasks that take microseconds and touch nothing outside (log, return …): the engine's host runs them in place, so that a chain of them
    /// is one commit. Such a task must complete synchronously.
    /// </summary>
    public virtual bool Quick => false;

    /// <summary>
    /// Runs one attempt. Errors: throw <see cref="TaskFailedException"/> (message for the reader, outputs so far are kept); any other exception also fails the attempt.
    /// Cancellation means killed or timed out: stop at once, child processes too.
    /// </summary>
    public abstract ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation);
}
