using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace FlowApps.Domain.Executions;

/// <summary>One try of a task run; its state trail begins when the worker took it.</summary>
public sealed record TaskAttempt(StateTrail State)
{
    public string? LogFile { get; init; }
    public string? WorkerId { get; init; }
    public string? Error { get; init; }
}

/// <summary>One run of a task within an execution (kestra-semantics 3.2).</summary>
public sealed record TaskRun
{
    public required string Id { get; init; }
    public required string TaskId { get; init; }
    public string? ParentId { get; init; }

    /// <summary>The loop value, as text (JSON for what is not text).</summary>
    public string? Value { get; init; }
    public int? Iteration { get; init; }
    public ImmutableList<TaskAttempt> Attempts { get; init; } = [];
    public IReadOnlyDictionary<string, object?>? Outputs { get; init; }
    public required StateTrail State { get; init; }
    public bool Dynamic { get; init; }

    /// <summary>See <see cref="Execution.Answers"/>; for expressions of this task.</summary>
    public IReadOnlyDictionary<string, object?> Answers { get; init; } = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>RETRYING: when the next attempt starts. PAUSED: when it goes on by itself or is due.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>The child execution of a Subflow.</summary>
    public string? ChildExecutionId { get; init; }

    /// <summary>The child executions of a task that starts many, by index.</summary>
    public ImmutableSortedDictionary<int, ChildRun>? Children { get; init; }

    /// <summary>What a flowable decided on entering and must not decide again: the values of a loop, for example.</summary>
    public IReadOnlyDictionary<string, object?>? Plan { get; init; }

    /// <summary>The question that a waiting task asked last; still open while the run is PAUSED.</summary>
    public Approvals.Wait? Wait { get; init; }

    /// <summary>Why it failed, when no attempt says so.</summary>
    public string? Error { get; init; }
}

/// <summary>One of many child executions of a task run.</summary>
public sealed record ChildRun(string Id, State State);
