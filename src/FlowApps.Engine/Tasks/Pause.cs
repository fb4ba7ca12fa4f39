using FlowApps.Domain.Plugins;

namespace FlowApps.Engine.Tasks;

/// <summary>Stops the execution until somebody resumes it, or for a while.</summary>
[Plugin("core.flow.Pause", "io.kestra.core.tasks.flows.Pause", Icon = "player-pause")]
public sealed record Pause : PausingTask
{
    /// <summary>What happens when the pause is over and nobody answered.</summary>
    public PauseBehavior Behavior { get; init; } = PauseBehavior.Resume;

    public override PauseBehavior WhenOver => Behavior;
}
