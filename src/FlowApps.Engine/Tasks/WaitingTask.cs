using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Tasks;

/// <summary>A flowable that asks people and stops until its policy has an outcome or its time is over.</summary>
public abstract record WaitingTask : FlowableTask, IFlowable
{
    internal const string TimedOut = "timedOut";

    /// <summary>A task that runs when the waiting begins, to tell somebody.</summary>
    public TaskDefinition? OnPause { get; init; }

    public Entry Enter(FlowableView view)
    {
        var wait = Ask(view);
        return new Entry
        {
            State = State.Paused,
            WakeAt = wait.Due,
            Aside = view.Branch("onPause") is [var aside] ? aside : null,
            Wait = wait,
            Effects = [.. Timers(view, wait)],
        };
    }

    public abstract NextStep Next(FlowableView view);

    /// <summary>The question, with everything rendered.</summary>
    internal Wait Ask(FlowableView view) => Address(view, new Wait
    {
        ExecutionId = view.Execution.Id,
        TaskRunId = view.Run.Id,
        TaskId = Id,
        Namespace = view.Execution.Namespace,
        FlowId = view.Execution.FlowId,
        Since = view.Now,
        Title = view.Render.TextOrRaw(Description) ?? Id,
        Requester = view.Execution.CreatedBy,
    });

    /// <summary>Says who is asked and until when.</summary>
    protected abstract Wait Address(FlowableView view, Wait wait);

    /// <summary>What rings while this round of the question is open.</summary>
    internal abstract IEnumerable<Effect> Timers(FlowableView view, Wait wait);

    /// <summary>What is asked together with an outcome.</summary>
    public abstract IReadOnlyList<InputDefinition> FormOf(string outcome);

    /// <summary>Names that may be expressions, each giving one name or a list.</summary>
    internal static IReadOnlyList<string> Names(FlowableView view, IReadOnlyList<string> names) =>
        [.. names.SelectMany(name => view.Render.Typed(name) is IReadOnlyList<object?> list ? list.Select(item => view.Render.TextOf(item)) : [view.Render.Text(name)!]).Select(name => Guest.Spelt(name.Trim())).Where(name => name.Length > 0).Distinct()];

    protected override IEnumerable<TaskBranch> OwnBranches()
    {
        if (OnPause is not null) yield return new("onPause", [OnPause]);
    }
}
