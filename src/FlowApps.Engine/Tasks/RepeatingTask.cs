using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Tasks;

/// <summary>How often, how many times and how long to look.</summary>
public sealed record CheckFrequency
{
    public int? MaxIterations { get; init; }
    public TimeSpan? MaxDuration { get; init; }
    public TimeSpan? Interval { get; init; }
}

/// <summary>A flowable that runs its tasks again and again until a condition holds (kestra-semantics 5.2).</summary>
public abstract record RepeatingTask : FlowableTask, IFlowable
{
    private const string Count = "iterationCount";

    /// <summary>Rendered after each round; ends the loop when it is not falsy.</summary>
    public required Property<string> Condition { get; init; }

    /// <summary>The tasks of a round, in order.</summary>
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }

    /// <summary>True: reaching a maximum fails the task.</summary>
    public bool FailOnMaxReached { get; init; }

    /// <summary>How often and how long.</summary>
    public CheckFrequency CheckFrequency { get; init; } = new();

    protected abstract CheckFrequency Default { get; }

    public Entry Enter(FlowableView view) => new() { Outputs = Data.Map((Count, 1)) };

    public NextStep Next(FlowableView view)
    {
        var step = InOrder.Next(view, view.Branch("tasks"));
        if (step is not Finished) return step;
        if (view.Render.Truthy(Condition.ToString())) return NextStep.Done;
        var count = Convert.ToInt32(view.Run.Outputs?.GetValueOrDefault(Count) ?? 1, System.Globalization.CultureInfo.InvariantCulture);
        if (IsOver(view, count + 1)) return new Finished(FailOnMaxReached ? State.Failed : null);
        return new RepeatAfter(CheckFrequency.Interval ?? Default.Interval!.Value, Data.Map((Count, count + 1)));
    }

    protected sealed override IEnumerable<TaskBranch> OwnBranches() => [new("tasks", Tasks)];

    private bool IsOver(FlowableView view, int nextRound)
    {
        var elapsed = view.Now - view.Run.State.Histories.First(h => h.State == State.Running).Date;
        return nextRound > (CheckFrequency.MaxIterations ?? Default.MaxIterations) || elapsed > (CheckFrequency.MaxDuration ?? Default.MaxDuration);
    }
}
