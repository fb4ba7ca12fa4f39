using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Flows;

/// <summary>A task and its place in the flow.</summary>
public sealed class TaskNode
{
    internal TaskNode(TaskDefinition task, TaskNode? parent, Section section, string branch) =>
        (Task, Parent, Section, Branch) = (task, parent, section, branch);

    public TaskDefinition Task { get; }
    public TaskNode? Parent { get; }
    public Section Section { get; }

    /// <summary>The name of the list (tasks, then, cases.x …).</summary>
    public string Branch { get; }

    /// <summary>The enabled tasks of the same list, this one among them.</summary>
    public IReadOnlyList<TaskNode> List { get; internal set; } = [];

    /// <summary>Place among the enabled tasks of the list; -1 when disabled.</summary>
    public int Index { get; internal set; } = -1;

    /// <summary>The enabled children by branch name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TaskNode>> Branches { get; internal set; } = new Dictionary<string, IReadOnlyList<TaskNode>>();

    /// <summary>The children that do not count as main tasks: errors, finally, aside.</summary>
    public IReadOnlyList<TaskNode> SideChildren { get; internal set; } = [];

    public string Id => Task.Id;

    /// <summary>The node itself, then its parents.</summary>
    public IEnumerable<TaskNode> WithAncestors()
    {
        for (var node = this; node is not null; node = node.Parent) yield return node;
    }

    /// <summary>The section of the flow that the outermost ancestor stands in.</summary>
    public Section FlowSection => WithAncestors().Last().Section;
}
