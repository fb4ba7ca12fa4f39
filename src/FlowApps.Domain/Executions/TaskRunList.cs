using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlowApps.Domain.Executions;

/// <summary>
/// Task runs in creation order, found by id and by parent in O(log n), each change shares the rest: an execution of 10,000 task runs costs per step
/// what one of 100 costs.
/// </summary>
[JsonConverter(typeof(TaskRunListConverter))]
public sealed class TaskRunList : IReadOnlyCollection<TaskRun>
{
    private const string Root = "";
    private readonly ImmutableSortedDictionary<int, TaskRun> runs;
    private readonly ImmutableDictionary<string, int> positions;
    private readonly ImmutableDictionary<string, ImmutableSortedSet<int>> children;
    private readonly int next;

    private TaskRunList(ImmutableSortedDictionary<int, TaskRun> runs, ImmutableDictionary<string, int> positions, ImmutableDictionary<string, ImmutableSortedSet<int>> children, int next) =>
        (this.runs, this.positions, this.children, this.next) = (runs, positions, children, next);

    public static TaskRunList Empty { get; } = new(
        ImmutableSortedDictionary<int, TaskRun>.Empty, ImmutableDictionary.Create<string, int>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, ImmutableSortedSet<int>>(StringComparer.Ordinal), 0);

    public int Count => runs.Count;

    public TaskRun? Find(string id) => positions.TryGetValue(id, out var position) ? runs[position] : null;

    /// <summary>Errors: <see cref="KeyNotFoundException"/>.</summary>
    public TaskRun this[string id] => Find(id) ?? throw new KeyNotFoundException($"No task run {id}.");

    /// <summary>Direct children in creation order; null asks for the top level.</summary>
    public IEnumerable<TaskRun> ChildrenOf(string? parentId) =>
        children.TryGetValue(parentId ?? Root, out var found) ? found.Select(position => runs[position]) : [];

    public int CountChildrenOf(string? parentId) => children.TryGetValue(parentId ?? Root, out var found) ? found.Count : 0;

    /// <summary>The run, its parent, its parent's parent … nearest first.</summary>
    public IEnumerable<TaskRun> WithAncestors(TaskRun run)
    {
        for (var current = run; current is not null; current = current.ParentId is null ? null : Find(current.ParentId)) yield return current;
    }

    public TaskRunList Add(TaskRun run) => new(
        runs.Add(next, run), positions.Add(run.Id, next), children.SetItem(run.ParentId ?? Root, Siblings(run.ParentId).Add(next)), next + 1);

    /// <summary>Replaces the run of the same id, in its place.</summary>
    public TaskRunList Set(TaskRun run) => new(runs.SetItem(positions[run.Id], run), positions, children, next);

    public TaskRunList Remove(string id)
    {
        if (!positions.TryGetValue(id, out var position)) return this;
        var parent = runs[position].ParentId;
        return new(runs.Remove(position), positions.Remove(id), children.SetItem(parent ?? Root, Siblings(parent).Remove(position)), next);
    }

    public IEnumerator<TaskRun> GetEnumerator() => runs.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ImmutableSortedSet<int> Siblings(string? parentId) => children.GetValueOrDefault(parentId ?? Root) ?? [];
}

internal sealed class TaskRunListConverter : JsonConverter<TaskRunList>
{
    public override TaskRunList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (JsonSerializer.Deserialize<List<TaskRun>>(ref reader, options) ?? []).Aggregate(TaskRunList.Empty, (list, run) => list.Add(run));

    public override void Write(Utf8JsonWriter writer, TaskRunList value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.ToList(), options);
}
