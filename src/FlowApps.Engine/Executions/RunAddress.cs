using System.Diagnostics.CodeAnalysis;
using FlowApps.Domain.Executions;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>
/// Something about the runs of one task: itself, or a map by loop values, outermost first, where the task stands in loops (kestra-semantics 8.2). Goes down from the top level, one lookup
/// for each level of nesting.
/// </summary>
internal static class RunAddress
{
    /// <summary>Null when there is nothing.</summary>
    public static object? Find(FlowMap map, TaskRunList runs, string taskId, Func<TaskRun, object?> about)
    {
        if (map.Find(taskId) is not { } node) return null;
        var chain = node.WithAncestors().Reverse().ToArray();
        return Below(runs, null, chain, 0, about);
    }

    private static object? Below(TaskRunList runs, string? parentId, TaskNode[] chain, int level, Func<TaskRun, object?> about)
    {
        var node = chain[level];
        if (IsLooped(node)) return runs.ChildrenOf(parentId).Any(run => run.TaskId == node.Id) ? new ByValue(runs, parentId, chain, level, about) : null;
        return runs.Find(parentId, node.Id) is { } run ? Of(runs, run, chain, level, about) : null;
    }

    private static object? Of(TaskRunList runs, TaskRun run, TaskNode[] chain, int level, Func<TaskRun, object?> about) =>
        level == chain.Length - 1 ? about(run) : Below(runs, run.Id, chain, level + 1, about);

    private static bool IsLooped(TaskNode node) => node.Section == Section.Tasks && node.Parent?.Task is ValueLoop;

    private sealed class ByValue(TaskRunList runs, string? parentId, TaskNode[] chain, int level, Func<TaskRun, object?> about) : LookupMap
    {
        public override IEnumerable<string> Keys =>
            runs.ChildrenOf(parentId).Where(run => run.TaskId == chain[level].Id && run.Value is not null && Of(runs, run, chain, level, about) is not null).Select(run => run.Value!);

        public override bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
        {
            value = runs.Find(parentId, chain[level].Id, key) is { } run ? Of(runs, run, chain, level, about) : null;
            return value is not null;
        }
    }
}
