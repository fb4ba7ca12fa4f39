using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlowApps.Domain.Executions;

/// <summary>
/// Task runs in creation order, found by id, by parent and by name (parent, task, loop value) in O(log n); each change shares the rest: an execution of
/// 10,000 task runs costs per step what one of 100 costs.
/// </summary>
[JsonConverter(typeof(TaskRunListConverter))]
public sealed class TaskRunList : IReadOnlyCollection<TaskRun>
{
    private const string Root = "";
    private readonly ImmutableSortedDictionary<int, TaskRun> runs;
    private readonly ImmutableDictionary<string, int> positions;
    private readonly ImmutableDictionary<string, TaskRunFamily> families;
    private readonly ImmutableDictionary<RunName, int> names;
    private readonly StateCounts counts;
    private readonly int next;

    private TaskRunList(ImmutableSortedDictionary<int, TaskRun> runs, ImmutableDictionary<string, int> positions, ImmutableDictionary<string, TaskRunFamily> families,
        ImmutableDictionary<RunName, int> names, StateCounts counts, int next) =>
        (this.runs, this.positions, this.families, this.names, this.counts, this.next) = (runs, positions, families, names, counts, next);

    public static TaskRunList Empty { get; } = new(
        ImmutableSortedDictionary<int, TaskRun>.Empty, ImmutableDictionary.Create<string, int>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, TaskRunFamily>(StringComparer.Ordinal), ImmutableDictionary<RunName, int>.Empty, StateCounts.None, 0);

    public int Count => runs.Count;

    /// <summary>How many are not terminal, at all levels.</summary>
    public int OpenCount { get; private init; }

    /// <summary>How many are in this state, at all levels.</summary>
    public int CountOf(State state) => counts[state];

    public TaskRun? Find(string id) => positions.TryGetValue(id, out var position) ? runs[position] : null;

    /// <summary>The run of a task below a parent (null: top level) with a loop value (null: none).</summary>
    public TaskRun? Find(string? parentId, string taskId, string? value = null) =>
        names.TryGetValue(new RunName(parentId ?? Root, taskId, value), out var position) ? runs[position] : null;

    /// <summary>Errors: <see cref="KeyNotFoundException"/>.</summary>
    public TaskRun this[string id] => Find(id) ?? throw new KeyNotFoundException($"No task run {id}.");

    /// <summary>Counts over the direct children; null asks for the top level.</summary>
    public TaskRunFamily FamilyOf(string? parentId) => families.GetValueOrDefault(parentId ?? Root) ?? TaskRunFamily.Empty;

    /// <summary>Direct children in creation order; null asks for the top level.</summary>
    public IEnumerable<TaskRun> ChildrenOf(string? parentId) => FamilyOf(parentId).All.Select(position => runs[position]);

    /// <summary>Direct children that are not terminal, in creation order.</summary>
    public IEnumerable<TaskRun> OpenChildrenOf(string? parentId) => FamilyOf(parentId).Open.Select(position => runs[position]);

    /// <summary>The child that was created last.</summary>
    public TaskRun? LastChildOf(string? parentId) => FamilyOf(parentId).All is { Count: > 0 } all ? runs[all.Max] : null;

    public int CountChildrenOf(string? parentId) => FamilyOf(parentId).Count;

    /// <summary>The run, its parent, its parent's parent … nearest first.</summary>
    public IEnumerable<TaskRun> WithAncestors(TaskRun run)
    {
        for (var current = run; current is not null; current = current.ParentId is null ? null : Find(current.ParentId)) yield return current;
    }

    /// <summary>All runs below a run, children before their own children.</summary>
    public IEnumerable<TaskRun> DescendantsOf(string id) => ChildrenOf(id).SelectMany(child => DescendantsOf(child.Id).Prepend(child));

    public TaskRunList Add(TaskRun run)
    {
        var state = run.State.Current;
        return new(runs.Add(next, run), positions.Add(run.Id, next), families.SetItem(run.ParentId ?? Root, FamilyOf(run.ParentId).Add(next, state)),
            names.SetItem(RunName.Of(run), next), counts.Change(null, state), next + 1)
        { OpenCount = OpenCount + (state.IsTerminal ? 0 : 1) };
    }

    /// <summary>Replaces the run of the same id, in its place.</summary>
    public TaskRunList Set(TaskRun run)
    {
        var position = positions[run.Id];
        var (from, to) = (runs[position].State.Current, run.State.Current);
        var changed = runs.SetItem(position, run);
        if (from == to) return new(changed, positions, families, names, counts, next) { OpenCount = OpenCount };
        return new(changed, positions, families.SetItem(run.ParentId ?? Root, FamilyOf(run.ParentId).Move(position, from, to)), names, counts.Change(from, to), next)
        {
            OpenCount = OpenCount + (from.IsTerminal ? 1 : 0) - (to.IsTerminal ? 1 : 0),
        };
    }

    public TaskRunList Remove(string id)
    {
        if (!positions.TryGetValue(id, out var position)) return this;
        var run = runs[position];
        var state = run.State.Current;
        return new(runs.Remove(position), positions.Remove(id), families.SetItem(run.ParentId ?? Root, FamilyOf(run.ParentId).Remove(position, state)),
            names.Remove(RunName.Of(run)), counts.Change(state, null), next)
        { OpenCount = OpenCount - (state.IsTerminal ? 0 : 1) };
    }

    public IEnumerator<TaskRun> GetEnumerator() => runs.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private readonly record struct RunName(string ParentId, string TaskId, string? Value)
    {
        public static RunName Of(TaskRun run) => new(run.ParentId ?? Root, run.TaskId, run.Value);
    }
}

internal sealed class TaskRunListConverter : JsonConverter<TaskRunList>
{
    public override TaskRunList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (JsonSerializer.Deserialize<List<TaskRun>>(ref reader, options) ?? []).Aggregate(TaskRunList.Empty, (list, run) => list.Add(run));

    public override void Write(Utf8JsonWriter writer, TaskRunList value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.ToList(), options);
}
