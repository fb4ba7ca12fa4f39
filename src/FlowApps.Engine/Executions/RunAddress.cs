using System.Diagnostics.CodeAnalysis;
using FlowApps.Domain.Executions;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>
/// Something about the runs of one task: itself, or a map by loop values, outermost first, where the task stands in loops (kestra-semantics 8.2). Goes down from the top level, one lookup
/// for each level of nesting.
/// </summary>
internal sealed class RunAddress
{
    private readonly TaskRunList runs;
    private readonly TaskNode[] chain;
    private readonly TaskRun? from;
    private readonly Func<TaskRun, object?> about;

    private RunAddress(TaskRunList runs, TaskNode[] chain, TaskRun? from, Func<TaskRun, object?> about) => (this.runs, this.chain, this.from, this.about) = (runs, chain, from, about);

    /// <summary>As seen by a run: of a Loop only the iteration that it stands in is there. Null when there is nothing.</summary>
    public static object? Find(FlowMap map, TaskRunList runs, string taskId, TaskRun? from, Func<TaskRun, object?> about) =>
        map.Find(taskId) is { } node ? new RunAddress(runs, [.. node.WithAncestors().Reverse()], from, about).Below(null, 0) : null;

    private object? Below(string? parentId, int level)
    {
        var node = chain[level];
        if (node.Task is LoopIteration) return Around(node, parentId) is { } iteration ? Of(iteration, level) : null;
        if (IsLooped(node)) return runs.ChildrenOf(parentId).Any(run => run.TaskId == node.Id) ? new ByValue(this, parentId, level) : null;
        return runs.Find(parentId, node.Id) is { } run ? Of(run, level) : null;
    }

    private object? Of(TaskRun run, int level) => level == chain.Length - 1 ? about(run) : Below(run.Id, level + 1);

    private TaskRun? Around(TaskNode node, string? parentId) => from is null ? null : runs.WithAncestors(from).FirstOrDefault(run => run.TaskId == node.Id && run.ParentId == parentId);

    private static bool IsLooped(TaskNode node) => node.Section == Section.Tasks && node.Parent?.Task is ValueLoop and not Loop;

    private sealed class ByValue(RunAddress address, string? parentId, int level) : LookupMap
    {
        private readonly string taskId = address.chain[level].Id;

        public override IEnumerable<string> Keys =>
            address.runs.ChildrenOf(parentId).Where(run => run.TaskId == taskId && run.Value is not null && address.Of(run, level) is not null).Select(run => run.Value!);

        public override bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
        {
            value = address.runs.Find(parentId, taskId, key) is { } run ? address.Of(run, level) : null;
            return value is not null;
        }
    }
}
