using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tasks;

/// <summary>A task of a Dag and the ids of those that must have ended before it begins.</summary>
public sealed record DagTask
{
    public required TaskDefinition Task { get; init; }
    public IReadOnlyList<string> DependsOn { get; init; } = [];
}
