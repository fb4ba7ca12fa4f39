using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Executions;

/// <summary>What a new execution begins with; inputs are resolved and typed (see InputResolver).</summary>
public sealed record NewExecution(string Id)
{
    public IReadOnlyDictionary<string, object?> Inputs { get; init; } = Data.Map();

    /// <summary>Labels given by whoever starts it, after those of the flow.</summary>
    public IReadOnlyList<Label> Labels { get; init; } = [];

    /// <summary>Labels set by the product (system.*); without a correlation id among them the execution's own id is it.</summary>
    public IReadOnlyList<Label> SystemLabels { get; init; } = [];
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = Data.Map();
    public DateTimeOffset? ScheduleDate { get; init; }
    public IReadOnlyList<string> Breakpoints { get; init; } = [];
    public ExecutionKind Kind { get; init; }

    /// <summary>Of a test: what stands in for tasks.</summary>
    public IReadOnlyList<TaskFixture>? Fixtures { get; init; }
    public ExecutionTrigger? Trigger { get; init; }
    public string? By { get; init; }

    /// <summary>The execution is created in this end state right away (a check with FAIL_EXECUTION, a trigger whose condition threw).</summary>
    public State? EndState { get; init; }

    /// <summary>Why <c>EndState</c>.</summary>
    public string? Error { get; init; }
}
