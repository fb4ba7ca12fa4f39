namespace FlowApps.Engine.Tasks;

/// <summary>Who has to answer; both empty: everyone with the right to approve in the namespace.</summary>
public sealed record Assignment
{
    public IReadOnlyList<string> Users { get; init; } = [];
    public IReadOnlyList<string> Groups { get; init; } = [];
}
