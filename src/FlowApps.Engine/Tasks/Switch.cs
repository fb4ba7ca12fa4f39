using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Tasks;

/// <summary>Runs the case that a value names, or the defaults.</summary>
[Plugin("core.flow.Switch", "io.kestra.core.tasks.flows.Switch", Icon = "arrow-fork")]
public sealed record Switch : FlowableTask, IFlowable, IValidated
{
    /// <summary>Rendered once when the task begins.</summary>
    public required Property<string> Value { get; init; }

    /// <summary>Tasks by value.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TaskDefinition>> Cases { get; init; } = new Dictionary<string, IReadOnlyList<TaskDefinition>>();

    /// <summary>Tasks when no case matches.</summary>
    public IReadOnlyList<TaskDefinition> Defaults { get; init; } = [];

    public Entry Enter(FlowableView view)
    {
        var value = view.Render.Property(Value) ?? "";
        var matched = Cases.ContainsKey(value);
        var outputs = Data.Map(("value", value), ("defaults", !matched));
        return matched || Defaults.Count > 0
            ? new Entry { Outputs = outputs }
            : Entry.Failed($"No case for the value '{value}', and there are no defaults.", outputs);
    }

    public NextStep Next(FlowableView view) => InOrder.Next(view,
        view.Run.Outputs?.GetValueOrDefault("defaults") is true ? view.Branch("defaults") : view.Branch($"cases.{view.Run.Outputs?.GetValueOrDefault("value")}"));

    public IEnumerable<Problem> Validate()
    {
        if (Defaults.Count == 0 && Cases.Values.All(tasks => tasks.Count == 0))
            yield return new Problem("empty", "No task defined, neither cases or default have any tasks");
    }

    protected override IEnumerable<TaskBranch> OwnBranches()
    {
        foreach (var (value, tasks) in Cases) yield return new($"cases.{value}", tasks);
        if (Defaults.Count > 0) yield return new("defaults", Defaults);
    }
}
