using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Tasks;

/// <summary>A flowable that runs its tasks again and again until a condition holds (kestra-semantics 5.2).</summary>
public abstract record RepeatingTask : FlowableTask, IFlowable
{
    private const string Count = "iterationCount";

    /// <summary>Rendered after each round; ends the loop when it is not falsy.</summary>
    public required Property<string> Condition { get; init; }

    /// <summary>The tasks of a round, in order.</summary>
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }

    /// <summary>True: reaching a maximum fails the task.</summary>
    public Property<bool>? FailOnMaxReached { get; init; }

    /// <summary>How often and how long.</summary>
    public CheckFrequency CheckFrequency { get; init; } = new();

    /// <summary>What holds where the flow says nothing; null: no maximum.</summary>
    protected abstract int? MostRounds { get; }
    protected abstract TimeSpan? Longest { get; }
    protected abstract TimeSpan Pause { get; }

    public Entry Enter(FlowableView view) => new() { Outputs = Data.Map((Count, 1)) };

    public NextStep Next(FlowableView view)
    {
        var step = InOrder.Next(view, view.Branch("tasks"));
        if (step is not Finished) return step;
        if (view.Render.Truthy(Condition.ToString())) return NextStep.Done;
        var count = Convert.ToInt32(view.Run.Outputs?.GetValueOrDefault(Count) ?? 1, System.Globalization.CultureInfo.InvariantCulture);
        if (IsOver(view, count + 1)) return new Finished(view.Render.Property(FailOnMaxReached) ? State.Failed : null);
        return new RepeatAfter(CheckFrequency.Interval is { } interval ? view.Render.Property(interval) : Pause, Data.Map((Count, count + 1)));
    }

    protected sealed override IEnumerable<TaskBranch> OwnBranches() => [new("tasks", Tasks)];

    private bool IsOver(FlowableView view, int nextRound)
    {
        var elapsed = view.Now - view.Run.State.Histories.First(h => h.State == State.Running).Date;
        var rounds = CheckFrequency.MaxIterations is { } most ? view.Render.Property(most) : MostRounds;
        var longest = CheckFrequency.MaxDuration is { } limit ? view.Render.Property(limit) : Longest;
        return nextRound > rounds || elapsed > longest;
    }
}
