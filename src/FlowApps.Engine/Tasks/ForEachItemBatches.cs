using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Tasks;

/// <summary>The middle part of <see cref="ForEachItem"/>: one execution for each batch.</summary>
public sealed record ForEachItemBatches : ChildFlow, IFlowable
{
    public required ForEachItem Source { get; init; }

    protected override string TriggerType => "io.kestra.plugin.core.flow.ForEachItem";

    public Entry Enter(FlowableView view)
    {
        var split = view.Execution.TaskRuns.Find(view.Run.ParentId, $"{Source.Id}_split")?.Outputs?.GetValueOrDefault("splits");
        var list = view.Render.Text($"{{{{ read('{split}') }}}}") ?? "";
        var batches = list.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return batches.Length == 0
            ? new Entry { State = State.Success, Attempt = true }
            : new Entry { Attempt = true, Outputs = ItemCounts.Start(batches.Length, Source.Wait), Effects = [.. batches.Select((uri, i) => ChildFor(view, uri, i))] };
    }

    public NextStep Next(FlowableView view) => NextStep.Wait;

    protected override IEnumerable<TaskBranch> OwnBranches() => [];

    private StartChild ChildFor(FlowableView view, string uri, int index) =>
        Source.Child(view, view.Render.WithEntries("taskrun", ("items", uri), ("iteration", index + 1)), index, null);
}

/// <summary>The outputs of the batches: how many executions are in which state.</summary>
internal static class ItemCounts
{
    public static OrderedDictionary<string, object?> Start(int batches, bool wait) => Data.Map(("numberOfBatches", batches), ("iterations", wait
        ? Data.Map(("CREATED", batches), ("RUNNING", 0), ("SUCCESS", 0))
        : Data.Map(("RUNNING", batches), ("SUCCESS", 0))));

    public static OrderedDictionary<string, object?> Move(IReadOnlyDictionary<string, object?> outputs, string from, string to)
    {
        var counts = Copy((IReadOnlyDictionary<string, object?>)outputs["iterations"]!);
        counts[from] = Convert.ToInt32(counts.GetValueOrDefault(from) ?? 0, System.Globalization.CultureInfo.InvariantCulture) - 1;
        counts[to] = Convert.ToInt32(counts.GetValueOrDefault(to) ?? 0, System.Globalization.CultureInfo.InvariantCulture) + 1;
        var moved = Copy(outputs);
        moved["iterations"] = counts;
        return moved;
    }

    private static OrderedDictionary<string, object?> Copy(IReadOnlyDictionary<string, object?> map)
    {
        var copy = Data.Map();
        foreach (var (key, value) in map) copy[key] = value;
        return copy;
    }
}
