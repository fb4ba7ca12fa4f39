using FlowApps.Domain.Executions;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tasks;

/// <summary>Runs each task as soon as the ones it depends on have ended.</summary>
[Plugin("core.flow.Dag", "io.kestra.core.tasks.flows.Dag", Icon = "hierarchy-3")]
public sealed record Dag : FlowableTask, IFlowable, IValidated, ITaskOrder
{
    /// <summary>At most so many at a time; 0 is no limit.</summary>
    public int Concurrent { get; init; }

    /// <summary>The tasks with their dependencies.</summary>
    public required IReadOnlyList<DagTask> Tasks { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Predecessors => Tasks.ToDictionary(t => t.Task.Id, t => t.DependsOn, StringComparer.Ordinal);

    public NextStep Next(FlowableView view)
    {
        var nodes = view.Branch("tasks");
        if (view.Total >= nodes.Count) return view.Open > 0 ? NextStep.Wait : NextStep.Done;
        var free = Concurrent > 0 ? Concurrent - view.Open : int.MaxValue;
        var ready = nodes.Where(node => view.Child(node.Id) is null && Needed(node.Id).All(id => view.Child(id) is { } run && run.State.Current.IsTerminal));
        return NextStep.Start([.. ready.Take(Math.Max(free, 0)).Select(node => new NextRun(node))]);
    }

    public IEnumerable<Problem> Validate()
    {
        if (Tasks.Count == 0) yield return new Problem("empty", "must not be empty", "tasks");
        var known = Tasks.Select(t => t.Task.Id).ToHashSet(StringComparer.Ordinal);
        var missing = Tasks.SelectMany(t => t.DependsOn).Where(id => !known.Contains(id)).Distinct().ToList();
        if (missing.Count > 0) yield return new Problem("unknown_dependency", $"Not existing task id in dependency: {string.Join(", ", missing)}");
        var cyclic = Cyclic();
        if (cyclic.Count > 0) yield return new Problem("cyclic_dependency", $"Cyclic dependency detected: {string.Join(", ", cyclic)}");
    }

    protected override IEnumerable<TaskBranch> OwnBranches() => [new("tasks", [.. Tasks.Select(t => t.Task)])];

    /// <summary>Disabled tasks are as if absent, so nobody waits for them.</summary>
    private IEnumerable<string> Needed(string id) =>
        Tasks.First(t => t.Task.Id == id).DependsOn.Where(needed => Tasks.Any(t => t.Task.Id == needed && !t.Task.Disabled));

    /// <summary>What is left after taking away, again and again, all tasks that wait for nothing.</summary>
    private List<string> Cyclic()
    {
        var left = Tasks.ToDictionary(t => t.Task.Id, t => t.DependsOn, StringComparer.Ordinal);
        while (left.Keys.Where(id => !left[id].Any(left.ContainsKey)).ToList() is { Count: > 0 } free)
            foreach (var id in free) left.Remove(id);
        return [.. left.Keys];
    }
}
