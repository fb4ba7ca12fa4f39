using System.Text.Json;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Tasks;

/// <summary>
/// Runs tasks for each item of a list, entry of a map or line of a stored file; inside, <c>item.value</c>, <c>item.index</c>, <c>item.key</c> and <c>item.parent</c> are the item. Each iteration
/// sees its own outputs only; what shall be seen after the loop stands in <c>outputs</c>.
/// </summary>
[Plugin("core.flow.Loop", Icon = "repeat")]
public sealed record Loop : ValueLoop, IUnfolded
{
    private const string Items = "items";
    private const string EntryKeys = "keys";
    private const string FromFile = "fromFile";
    private const string Broken = "broken";

    /// <summary>A list, a map or the URI of a stored file (one item a line), or an expression that gives one. Items that are no text become JSON text.</summary>
    public required Property<object> Values { get; init; }

    /// <summary>So many items at a time: 1 is one after the other, 0 is all at once.</summary>
    public int ConcurrencyLimit { get; init; }

    /// <summary>True: a failed iteration fails the loop and no further one begins. False: the others go on and the loop succeeds.</summary>
    public bool TransmitFailed { get; init; } = true;

    /// <summary>What each iteration gives: found after the loop by <c>loopOutputs(outputs.loop.outputs, 'id')</c>.</summary>
    public IReadOnlyList<FlowOutput> Outputs { get; init; } = [];

    /// <summary>FETCH gives the outputs of the iterations as a list, STORE as a file of lines (<c>outputs.loop.uri</c>); AUTO stores when the items come from a file.</summary>
    public LoopFetch FetchType { get; init; }

    /// <summary>Rendered after each iteration, with <c>item</c> and <c>iteration.state</c>, <c>iteration.outputs</c>, <c>iteration.executionId</c>; when it is truthy no further iteration begins.</summary>
    public Property<string>? BreakWhen { get; init; }

    IReadOnlyList<TaskBranch> IUnfolded.Unfolded =>
    [
        new("tasks", [new LoopIteration { Id = $"{Id}.iteration", Type = $"{Type}$Iteration", Source = this }]),
        new("store", [new LoopStore { Id = $"{Id}.store", Type = $"{Type}$Store", Source = this }]),
    ];

    public override bool GoesOnAfterFailure => !TransmitFailed;

    protected override object GivenValues => Values.Raw;

    /// <summary>Items may repeat, so the iterations are told apart by their place.</summary>
    public override Entry Enter(FlowableView view)
    {
        var given = view.Render.Typed(Values.Raw);
        var isFile = given is string address && IsFile(address);
        var parsed = given is string text ? isFile ? Lines(view, text) : Parsed(text) : given;
        var items = parsed switch
        {
            IReadOnlyDictionary<string, object?> map => [.. map.Values],
            IReadOnlyList<object?> list => list,
            _ => throw new FormatException($"The values of a loop must be a list or a map, but they are '{Data.Write(given)}'."),
        };
        if (items.Count > view.Options.MaxLoopValues) return Entry.Failed($"The loop has {items.Count} values; at most {view.Options.MaxLoopValues} are allowed. Group them into batches.");
        var nulls = items.Count(item => item is null);
        if (nulls > 0) throw new FormatException($"Found '{nulls}' null values on Loop, with values={Data.Write(items)}");
        var plan = PlanOf(items.Count);
        plan[Items] = items.Select(item => (object?)LoopValues.Text(item)).ToList();
        if (parsed is IReadOnlyDictionary<string, object?> entries) plan[EntryKeys] = entries.Keys.Cast<object?>().ToList();
        if (isFile) plan[FromFile] = true;
        return new Entry { Plan = plan, Outputs = Data.Map(("iterationCount", items.Count)) };
    }

    public override NextStep Next(FlowableView view)
    {
        if (view.Branch("store") is [var store] && view.Child(store.Id) is { } stored) return stored.State.Current.IsTerminal ? new Finished(State.Success) : NextStep.Wait;
        if (view.Run.Plan?.GetValueOrDefault(Broken) is true)
        {
            if (view.Open > 0) return NextStep.Wait;
        }
        else
        {
            if (view.Ended.Any(LoopIteration.Broke)) return new Remember(With(view.Run.Plan, Broken, true));
            if (ByValue(view, ConcurrencyLimit) is not Finished and var step) return step;
        }
        return Stores(view.Run) ? NextStep.Start([new NextRun(view.Branch("store")[0])]) : new Finished(State.Success);
    }

    /// <summary>How many iterations there were and ended how, and what they gave.</summary>
    public override RunResult? Result(FlowableView view, State state)
    {
        var result = Data.Map(("iterationCount", ValuesOf(view.Run).Count), ("runningIterations", 0));
        var iterations = view.Execution.TaskRuns.ChildrenOf(view.Run.Id).Where(run => run.Iteration is not null).OrderBy(run => run.Iteration).ToList();
        var counts = Data.Map();
        foreach (var group in iterations.GroupBy(run => run.State.Current.Word)) counts[group.Key] = group.Count();
        result["terminatedIterations"] = counts;
        if (view.Child($"{Id}.store")?.Outputs?.GetValueOrDefault("uri") is { } uri) result["uri"] = uri;
        else if (Outputs.Count > 0 && !Stores(view.Run)) result["outputs"] = iterations.Where(run => run.Outputs is { Count: > 0 }).Select(run => (object?)Given(view.Run, run)).ToList();
        return new RunResult(result);
    }

    /// <summary>What one iteration gave, with its item.</summary>
    internal static OrderedDictionary<string, object?> Given(TaskRun loop, TaskRun iteration)
    {
        var item = Data.Map(("value", Nth(loop, Items, iteration.Iteration!.Value)), ("iteration", iteration.Iteration));
        if (Nth(loop, EntryKeys, iteration.Iteration.Value) is { } key) item["key"] = key;
        return Data.Map(("item", item), ("outputs", iteration.Outputs));
    }

    /// <summary><c>item</c> of an iteration, with those of the loops around it.</summary>
    internal static OrderedDictionary<string, object?> ItemOf(Execution execution, TaskRun loop, int index)
    {
        var item = Item(loop, index);
        var parents = execution.TaskRuns.WithAncestors(loop)
            .Select(level => level is { Iteration: { } at, ParentId: { } parentId } && execution.TaskRuns.Find(parentId) is { } outer && outer.Plan?.ContainsKey(Items) == true ? Item(outer, at) : null)
            .OfType<object>().ToList();
        if (parents.Count == 0) return item;
        item["parent"] = parents[0];
        item["parents"] = parents;
        return item;
    }

    private static OrderedDictionary<string, object?> Item(TaskRun loop, int index)
    {
        var item = Data.Map(("value", Nth(loop, Items, index)), ("index", index));
        if (Nth(loop, EntryKeys, index) is { } key) item["key"] = key;
        return item;
    }

    private static object? Nth(TaskRun run, string list, int index) => run.Plan?.GetValueOrDefault(list) is IReadOnlyList<object?> items && index < items.Count ? items[index] : null;

    private bool Stores(TaskRun run) =>
        Outputs.Count > 0 && (FetchType == LoopFetch.Store || (FetchType == LoopFetch.Auto && run.Plan?.GetValueOrDefault(FromFile) is true));

    private static bool IsFile(string text) => FilePaths.FromUri(text) is not null || text.StartsWith("nsfile://", StringComparison.Ordinal);

    private static object? Parsed(string text)
    {
        try
        {
            return Data.Parse(text);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The values of a loop must be a list, a map or the URI of a file, but they are '{text}': {e.Message}", e);
        }
    }

    private static List<object?> Lines(FlowableView view, string uri)
    {
        var content = view.Render.Text($"{{{{ read('{uri}') }}}}") ?? "";
        return [.. content.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).Select(line => Line(view.Render, line))];
    }

    /// <summary>A line that is written as data is read as data (and shown as JSON); any other is its text.</summary>
    private static object? Line(Rendering render, string line)
    {
        if (line[0] is not ('{' or '[' or '"')) return line;
        try
        {
            return render.Value("{{ fromIon(line) }}", "line", line) ?? line;
        }
        catch (Expressions.ExpressionException)
        {
            return line;
        }
    }

    private static OrderedDictionary<string, object?> With(IReadOnlyDictionary<string, object?>? plan, string key, object? value)
    {
        var copy = Data.Map([.. (plan ?? Data.Map()).Select(entry => (entry.Key, entry.Value))]);
        copy[key] = value;
        return copy;
    }
}
