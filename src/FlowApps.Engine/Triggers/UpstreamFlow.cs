using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;

namespace FlowApps.Engine.Triggers;

/// <summary>An upstream flow that must have ended (or be) in one of the states.</summary>
public sealed record UpstreamFlow
{
    public required string Namespace { get; init; }
    public string? FlowId { get; init; }
    public IReadOnlyList<State> States { get; init; } = [];
    public IReadOnlyList<Label> Labels { get; init; } = [];

    public bool Matches(Execution execution) =>
        execution.Namespace == Namespace && (FlowId is null || execution.FlowId == FlowId) &&
        (States.Count == 0 || States.Contains(execution.State.Current)) && Labels.All(label => execution.Labels.Contains(label));
}
