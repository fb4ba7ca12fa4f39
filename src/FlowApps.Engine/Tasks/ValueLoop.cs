using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Flows;

namespace FlowApps.Engine.Tasks;

/// <summary>A flowable whose main children run once for each value of a list; a child's run carries the value.</summary>
public abstract record ValueLoop : FlowableTask, IFlowable
{
    private const string Values = "values";

    /// <summary>The tasks run for each value.</summary>
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }

    /// <summary>What the flow gives as values.</summary>
    protected abstract object GivenValues { get; }

    public virtual Entry Enter(FlowableView view)
    {
        var values = LoopValues.Render(view.Render, GivenValues);
        return values.Count > view.Options.MaxLoopValues
            ? Entry.Failed($"The loop has {values.Count} values; at most {view.Options.MaxLoopValues} are allowed. Group them into batches.")
            : new Entry { Plan = Data.Map((Values, values)) };
    }

    public abstract NextStep Next(FlowableView view);

    public virtual bool GoesOnAfterFailure => false;

    public virtual RunResult? Result(FlowableView view, State state) => null;

    /// <summary>The plan of a loop whose values are told apart by their place.</summary>
    protected static OrderedDictionary<string, object?> PlanOf(int count) =>
        Data.Map((Values, Enumerable.Range(0, count).Select(i => (object?)i.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList()));

    protected static IReadOnlyList<object?> ValuesOf(TaskRun run) => run.Plan?.GetValueOrDefault(Values) as IReadOnlyList<object?> ?? [];

    /// <summary>For each value the tasks in order, at most <paramref name="limit"/> values at a time (0: no limit).</summary>
    protected static NextStep ByValue(FlowableView view, int limit)
    {
        var (values, tasks) = (ValuesOf(view.Run), view.Branch("tasks"));
        if (values.Count * tasks.Count <= view.Total) return view.Open > 0 ? NextStep.Wait : NextStep.Done;
        var free = limit == 0 ? int.MaxValue : limit - view.Open;
        if (free <= 0) return NextStep.Wait;
        var next = new List<NextRun>();
        foreach (var ended in view.Ended)
            if (next.Count < free && Following(view, ended, tasks) is { } run) next.Add(run);
        for (var i = FirstMissing(values, value => view.Child(tasks[0].Id, value) is null); i < values.Count && next.Count < free; i++)
            next.Add(new NextRun(tasks[0], (string)values[i]!, i));
        return next.Count > 0 || view.Open > 0 ? NextStep.Start(next) : NextStep.Start(LookThrough(view, values, tasks, free));
    }

    protected sealed override IEnumerable<TaskBranch> OwnBranches() => [new("tasks", Tasks)];

    private static NextRun? Following(FlowableView view, TaskRun ended, IReadOnlyList<TaskNode> tasks) =>
        view.NodeOf(ended) is { Index: >= 0 } node && node.Index + 1 < tasks.Count && view.Child(tasks[node.Index + 1].Id, ended.Value) is null
            ? new NextRun(tasks[node.Index + 1], ended.Value, ended.Iteration)
            : null;

    /// <summary>Values are begun in order, so the first that was not is found by halving.</summary>
    private static int FirstMissing(IReadOnlyList<object?> values, Func<string, bool> missing)
    {
        var (from, to) = (0, values.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (missing((string)values[middle]!)) to = middle;
            else from = middle + 1;
        }
        return from;
    }

    /// <summary>After a replay runs of later values may be left over: look at each value.</summary>
    private static List<NextRun> LookThrough(FlowableView view, IReadOnlyList<object?> values, IReadOnlyList<TaskNode> tasks, int free)
    {
        var found = new List<NextRun>();
        for (var i = 0; i < values.Count && found.Count < free; i++)
        {
            var value = (string)values[i]!;
            if (tasks.FirstOrDefault(task => view.Child(task.Id, value) is null) is { } task) found.Add(new NextRun(task, value, i));
        }
        return found;
    }
}
