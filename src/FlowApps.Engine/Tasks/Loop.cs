using FlowApps.Domain.Executions;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Tasks;

/// <summary>Runs tasks for each item of a list or entry of a map; inside, <c>item.value</c>, <c>item.index</c>, <c>item.key</c> are the item.</summary>
[Plugin("core.flow.Loop", Icon = "repeat")]
public sealed record Loop : ValueLoop
{
    private const string Items = "items";
    private const string EntryKeys = "keys";

    /// <summary>A list or map, or an expression that gives one.</summary>
    public required Property<object> Values { get; init; }

    /// <summary>So many items at a time: 1 is one after the other, 0 is all at once.</summary>
    public int ConcurrencyLimit { get; init; } = 1;

    protected override object GivenValues => Values.Raw;

    /// <summary>Items may repeat, so the runs are told apart by their place.</summary>
    public override Entry Enter(FlowableView view)
    {
        var given = view.Render.Typed(Values.Raw);
        if (given is string text) given = Data.Parse(text);
        var keys = (given as IReadOnlyDictionary<string, object?>)?.Keys.Cast<object?>().ToList();
        var items = given switch
        {
            IReadOnlyDictionary<string, object?> map => [.. map.Values],
            IReadOnlyList<object?> list => list,
            _ => throw new FormatException($"The values of a loop must be a list or a map, but they are '{Data.Write(given)}'."),
        };
        if (items.Count > view.Options.MaxLoopValues) return Entry.Failed($"The loop has {items.Count} values; at most {view.Options.MaxLoopValues} are allowed. Group them into batches.");
        var plan = Data.Map(("values", items.Select((_, i) => (object?)i.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList()), (Items, items));
        if (keys is not null) plan[EntryKeys] = keys;
        return new Entry { Plan = plan };
    }

    public override NextStep Next(FlowableView view) => ByValue(view, ConcurrencyLimit);

    internal OrderedDictionary<string, object?> ItemOf(Execution execution, TaskRun run, int index)
    {
        var item = Data.Map(("value", Nth(run, Items, index)), ("index", index));
        if (run.Plan?.ContainsKey(EntryKeys) == true) item["key"] = Nth(run, EntryKeys, index);
        if (ParentItem(execution, run) is { } parent) item["parent"] = parent;
        return item;
    }

    private OrderedDictionary<string, object?>? ParentItem(Execution execution, TaskRun run)
    {
        foreach (var level in execution.TaskRuns.WithAncestors(run))
            if (level is { Iteration: { } index, ParentId: { } parentId } && execution.TaskRuns.Find(parentId) is { } outer && outer.Plan?.ContainsKey(Items) == true)
                return ItemOf(execution, outer, index);
        return null;
    }

    private static object? Nth(TaskRun run, string list, int index) => run.Plan?.GetValueOrDefault(list) is IReadOnlyList<object?> items && index < items.Count ? items[index] : null;
}
