using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Tasks;

/// <summary>A flowable that stops until a person answers or its time is over (kestra-semantics 5.4).</summary>
public abstract record WaitingTask : FlowableTask, IFlowable
{
    internal const string TimedOut = "timedOut";

    /// <summary>How long to wait before going on by itself, as <c>behavior</c> says.</summary>
    [Alias("delay")]
    public Property<TimeSpan>? PauseDuration { get; init; }

    /// <summary>What is asked of the person who answers; the answers are in <c>outputs.*.onResume</c>.</summary>
    public IReadOnlyList<InputDefinition> OnResume { get; init; } = [];

    /// <summary>A task that runs when the waiting begins, to tell somebody.</summary>
    public TaskDefinition? OnPause { get; init; }

    /// <summary>Tasks after the answer (old: put them after this task).</summary>
    [Deprecated("the tasks that follow")]
    public IReadOnlyList<TaskDefinition> Tasks { get; init; } = [];

    /// <summary>What happens when <c>pauseDuration</c> is over.</summary>
    public abstract PauseBehavior WhenOver { get; }

    public Entry Enter(FlowableView view)
    {
        var delay = view.Render.Property(PauseDuration);
        var timeout = view.Render.Property(Timeout);
        var (due, purpose) = Due(view.Now, PauseDuration is null ? null : delay, Timeout is null ? null : timeout);
        var run = view.Run;
        var wait = Address(view, new Wait
        {
            ExecutionId = view.Execution.Id,
            TaskRunId = run.Id,
            TaskId = Id,
            Namespace = view.Execution.Namespace,
            FlowId = view.Execution.FlowId,
            Since = view.Now,
            Due = due,
            Title = view.Render.TextOrRaw(Description) ?? Id,
            Requester = view.Execution.CreatedBy,
        });
        return new Entry
        {
            State = State.Paused,
            WakeAt = due,
            Aside = view.Branch("onPause") is [var aside] ? aside : null,
            Effects = due is { } at ? [new OpenWait(wait), new SetTimer(at, new TimerRang(purpose, run.Id, null))] : [new OpenWait(wait)],
        };
    }

    public NextStep Next(FlowableView view) =>
        view.Run.Plan?.GetValueOrDefault(TimedOut) is true ? new Finished(State.Warning) : InOrder.Next(view, view.Branch("tasks"));

    /// <summary>Who is asked; everyone with the right by default.</summary>
    protected virtual Wait Address(FlowableView view, Wait wait) => wait;

    protected sealed override IEnumerable<TaskBranch> OwnBranches()
    {
        if (OnPause is not null) yield return new("onPause", [OnPause]);
        if (Tasks.Count > 0) yield return new("tasks", Tasks);
    }

    /// <summary>Only the earlier of the two can ever matter.</summary>
    private static (DateTimeOffset?, string) Due(DateTimeOffset now, TimeSpan? delay, TimeSpan? timeout) =>
        timeout is { } limit && (delay is null || limit < delay) ? (now + limit, "timeout") : (now + delay, "delay");
}
