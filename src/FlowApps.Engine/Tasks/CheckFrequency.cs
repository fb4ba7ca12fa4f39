using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tasks;

/// <summary>How often, how many times and how long to look.</summary>
public sealed record CheckFrequency
{
    public Property<int>? MaxIterations { get; init; }
    public Property<TimeSpan>? MaxDuration { get; init; }
    public Property<TimeSpan>? Interval { get; init; }
}
