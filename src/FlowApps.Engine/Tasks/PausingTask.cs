using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Tasks;

/// <summary>Stops until one person answers or its time is over (kestra-semantics 5.4).</summary>
public abstract record PausingTask : WaitingTask
{
    /// <summary>How long to wait before going on by itself, as <c>behavior</c> says.</summary>
    [Alias("delay")]
    public Property<TimeSpan>? PauseDuration { get; init; }

    /// <summary>What is asked of the person who answers; the answers are in <c>outputs.*.onResume</c>.</summary>
    public IReadOnlyList<InputDefinition> OnResume { get; init; } = [];

    /// <summary>Tasks after the answer (old: put them after this task).</summary>
    [Deprecated("the tasks that follow")]
    public IReadOnlyList<TaskDefinition> Tasks { get; init; } = [];

    /// <summary>What happens when <c>pauseDuration</c> is over.</summary>
    public abstract PauseBehavior WhenOver { get; }

    public sealed override NextStep Next(FlowableView view) =>
        view.Run.Plan?.GetValueOrDefault(TimedOut) is true ? new Finished(State.Warning) : InOrder.Next(view, view.Branch("tasks"));

    public sealed override IReadOnlyList<InputDefinition> FormOf(string outcome) => outcome == ApprovalOutcome.Rejected ? [] : OnResume;

    protected sealed override Wait Address(FlowableView view, Wait wait)
    {
        var (users, groups) = People(view);
        return wait with
        {
            Users = users,
            Groups = groups,
            Due = Over(view)?.Due,
            Policy = new ApprovalPolicy
            {
                Stages = [new ApprovalStage { Id = ApprovalStage.Only, Users = users, Groups = groups }],
                Outcomes = OnResume.Count == 0 ? ApprovalOutcome.YesOrNo : [.. ApprovalOutcome.YesOrNo.Select(outcome => outcome with { HasForm = outcome.Kind == OutcomeKind.Approve })],
                Informal = users.Count == 0 && groups.Count == 0,
            },
        };
    }

    internal sealed override IEnumerable<Effect> Timers(FlowableView view, Wait wait) =>
        Over(view) is { } over ? [new SetTimer(over.Due, new TimerRang(over.Purpose, view.Run.Id, null))] : [];

    protected sealed override IEnumerable<TaskBranch> OwnBranches()
    {
        foreach (var branch in base.OwnBranches()) yield return branch;
        if (Tasks.Count > 0) yield return new("tasks", Tasks);
    }

    /// <summary>Who is asked; everyone with the right by default.</summary>
    protected virtual (IReadOnlyList<string> Users, IReadOnlyList<string> Groups) People(FlowableView view) => ([], []);

    /// <summary>Only the earlier of the two can ever matter.</summary>
    private (DateTimeOffset Due, string Purpose)? Over(FlowableView view)
    {
        TimeSpan? delay = PauseDuration is null ? null : view.Render.Property(PauseDuration);
        TimeSpan? timeout = Timeout is null ? null : view.Render.Property(Timeout);
        return timeout is { } limit && (delay is null || limit < delay) ? (view.Now + limit, "timeout") : delay is { } pause ? (view.Now + pause, "delay") : null;
    }
}
