using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;

namespace FlowApps.Domain.Tasks;

/// <summary>How one attempt of a task ended. <c>State</c>: Success, Warning, Failed or Killed.</summary>
public sealed record TaskOutcome(State State, IReadOnlyDictionary<string, object?>? Outputs = null, string? Error = null)
{
    /// <summary>Changes to the execution itself that take effect with this outcome.</summary>
    public IReadOnlyList<ExecutionChange> Changes { get; init; } = [];

    public static TaskOutcome Success(IReadOnlyDictionary<string, object?>? outputs = null) => new(State.Success, outputs);

    public static TaskOutcome Success(params ReadOnlySpan<(string, object?)> outputs) => new(State.Success, Values.Data.Map(outputs));

    public static TaskOutcome Failed(string error, IReadOnlyDictionary<string, object?>? outputs = null) => new(State.Failed, outputs, error);
}

/// <summary>What a task asks to change in its own execution.</summary>
public abstract record ExecutionChange;

public sealed record SetLabels(IReadOnlyList<Label> Labels) : ExecutionChange;

public sealed record SetVariables(IReadOnlyDictionary<string, object?> Variables, bool Overwrite = true) : ExecutionChange;

public sealed record UnsetVariables(IReadOnlyList<string> Names, bool IgnoreMissing = false) : ExecutionChange;

/// <summary>End the execution now with this state (task execution.Exit).</summary>
public sealed record ExitExecution(State State) : ExecutionChange;

/// <summary>Fails an attempt with a message for its reader; what was put out before the failure is kept.</summary>
public sealed class TaskFailedException(string message, IReadOnlyDictionary<string, object?>? outputs = null, Exception? inner = null) : Exception(message, inner)
{
    public IReadOnlyDictionary<string, object?>? Outputs { get; } = outputs;
}
