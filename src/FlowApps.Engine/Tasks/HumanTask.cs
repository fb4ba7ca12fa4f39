using FlowApps.Domain.Approvals;
using FlowApps.Domain.Plugins;

namespace FlowApps.Engine.Tasks;

/// <summary>Asks named people, and stops until one of them answers. Unanswered in time, it fails.</summary>
[Plugin("core.flow.HumanTask", "io.kestra.plugin.ee.flow.HumanTask", "io.kestra.plugin.kestra.ee.flow.HumanTask", Icon = "user-check")]
public sealed record HumanTask : WaitingTask
{
    /// <summary>The people asked.</summary>
    public Assignment? Assignment { get; init; }

    /// <summary>What happens when nobody answered in time.</summary>
    public PauseBehavior Behavior { get; init; } = PauseBehavior.Fail;

    public override PauseBehavior WhenOver => Behavior;

    protected override Wait Address(FlowableView view, Wait wait) => Assignment is null ? wait : wait with
    {
        Users = [.. Assignment.Users.Select(user => view.Render.Text(user)!)],
        Groups = [.. Assignment.Groups.Select(group => view.Render.Text(group)!)],
    };
}
