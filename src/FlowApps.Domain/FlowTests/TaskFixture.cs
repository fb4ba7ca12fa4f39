using FlowApps.Domain.Executions;

namespace FlowApps.Domain.FlowTests;

/// <summary>Stands in for a task in a test: the task does not run, its outcome is this.</summary>
public sealed record TaskFixture
{
    public required string Id { get; init; }

    /// <summary>Only the run of this loop value; all of them without it.</summary>
    public string? Value { get; init; }
    public State State { get; init; } = State.Success;
    public IReadOnlyDictionary<string, object?>? Outputs { get; init; }

    /// <summary>Why it does not run.</summary>
    public string? Description { get; init; }

    public bool StandsFor(TaskRun run) => run.TaskId == Id && (Value is null || Value == run.Value);
}
