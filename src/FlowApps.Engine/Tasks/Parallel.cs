using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tasks;

/// <summary>Runs tasks at the same time. A failing one does not stop those already begun.</summary>
[Plugin("core.flow.Parallel", "io.kestra.core.tasks.flows.Parallel", Icon = "arrows-split-2")]
public sealed record Parallel : FlowableTask, IFlowable
{
    /// <summary>At most so many at a time; 0 is no limit.</summary>
    public int Concurrent { get; init; }

    /// <summary>The tasks.</summary>
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }

    public NextStep Next(FlowableView view)
    {
        var tasks = view.Branch("tasks");
        if (view.Total >= tasks.Count) return view.Open > 0 ? NextStep.Wait : NextStep.Done;
        var free = Concurrent > 0 ? Concurrent - view.Open : int.MaxValue;
        return NextStep.Start([.. tasks.Where(task => view.Child(task.Id) is null).Take(Math.Max(free, 0)).Select(task => new NextRun(task))]);
    }

    protected override IEnumerable<TaskBranch> OwnBranches() => [new("tasks", Tasks)];
}
