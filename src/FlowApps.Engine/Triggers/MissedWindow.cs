using FlowApps.Domain.Flows;

namespace FlowApps.Engine.Triggers;

/// <summary>What happens when a window ends before everything that was waited for has happened: an execution that has failed, with labels.</summary>
public sealed record MissedWindow
{
    /// <summary>FAIL.</summary>
    public MissBehavior Behavior { get; init; }

    /// <summary>The labels of the failed execution.</summary>
    public IReadOnlyList<Label> Labels { get; init; } = [];
}
