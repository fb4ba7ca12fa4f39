using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tasks;

/// <summary>The old parallel loop: all values at once, and within a value all tasks at once.</summary>
[Plugin("core.flow.EachParallel", "io.kestra.core.tasks.flows.EachParallel", Deprecated = true, Icon = "repeat")]
public sealed record EachParallel : ValueLoop
{
    /// <summary>A list, or an expression that gives a JSON list.</summary>
    public required Property<IReadOnlyList<object?>> Value { get; init; }

    /// <summary>At most so many task runs at a time; 0 is no limit.</summary>
    public int Concurrent { get; init; }

    protected override object GivenValues => Value.Raw;

    public override NextStep Next(FlowableView view)
    {
        var (values, tasks) = (ValuesOf(view.Run), view.Branch("tasks"));
        var all = values.Count * tasks.Count;
        if (view.Total >= all) return view.Open > 0 ? NextStep.Wait : NextStep.Done;
        var free = Math.Max(Concurrent > 0 ? Concurrent - view.Open : int.MaxValue, 0);
        var runs = Enumerable.Range(0, all).Select(i => new NextRun(tasks[i % tasks.Count], (string)values[i / tasks.Count]!, i / tasks.Count));
        var begun = view.Total;
        return NextStep.Start([.. (begun == 0 ? runs : runs.Skip(Contiguous(view, values, tasks, begun))).Where(run => view.Child(run.Task.Id, run.Value) is null).Take(free)]);
    }

    /// <summary>Runs are created in this order, so those before the count all exist, unless a replay removed some.</summary>
    private static int Contiguous(FlowableView view, IReadOnlyList<object?> values, IReadOnlyList<Flows.TaskNode> tasks, int begun) =>
        view.Child(tasks[(begun - 1) % tasks.Count].Id, (string)values[(begun - 1) / tasks.Count]!) is null ? 0 : begun;
}
