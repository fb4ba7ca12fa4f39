using FlowApps.Domain.Executions;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Flows;

namespace FlowApps.Engine.Tasks;

/// <summary>How a flowable run begins.</summary>
public sealed record Entry
{
    /// <summary>RUNNING, PAUSED until <c>WakeAt</c> or an answer, or FAILED with <c>Error</c>.</summary>
    public State State { get; init; } = State.Running;
    public IReadOnlyDictionary<string, object?>? Outputs { get; init; }

    /// <summary>Decided once: see <see cref="TaskRun.Plan"/>.</summary>
    public IReadOnlyDictionary<string, object?>? Plan { get; init; }
    public DateTimeOffset? WakeAt { get; init; }
    public string? Error { get; init; }

    /// <summary>The run has attempts as worker tasks have (Subflow, ForEachItem).</summary>
    public bool Attempt { get; init; }
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>The question that is asked of people.</summary>
    public Domain.Approvals.Wait? Wait { get; init; }

    /// <summary>A child that runs at once, besides the main ones.</summary>
    public TaskNode? Aside { get; init; }

    public static Entry Failed(string error, IReadOnlyDictionary<string, object?>? outputs = null) => new() { State = State.Failed, Error = error, Outputs = outputs };
}
