using FlowApps.Domain.Plugins;

namespace FlowApps.Engine.Tasks;

/// <summary>Asks named people, and stops until one of them answers. Unanswered in time, it fails.</summary>
[Plugin("core.flow.HumanTask", "io.kestra.plugin.ee.flow.HumanTask", "io.kestra.plugin.kestra.ee.flow.HumanTask", Icon = "user-check")]
public sealed record HumanTask : PausingTask
{
    /// <summary>The people asked.</summary>
    public Assignment? Assignment { get; init; }

    /// <summary>What happens when nobody answered in time.</summary>
    public PauseBehavior Behavior { get; init; } = PauseBehavior.Fail;

    public override PauseBehavior WhenOver => Behavior;

    protected override (IReadOnlyList<string> Users, IReadOnlyList<string> Groups) People(FlowableView view) =>
        Assignment is null ? ([], []) : (Names(view, Assignment.Users), Names(view, Assignment.Groups));
}
