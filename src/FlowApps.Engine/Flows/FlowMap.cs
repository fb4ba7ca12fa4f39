using System.Runtime.CompilerServices;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Flows;

/// <summary>Every task of a flow with its place, made once per flow object.</summary>
public sealed class FlowMap
{
    private static readonly ConditionalWeakTable<Flow, FlowMap> Known = [];
    private readonly Dictionary<string, TaskNode> nodes = new(StringComparer.Ordinal);

    private FlowMap(Flow flow)
    {
        Tasks = Add(flow.Tasks, null, Section.Tasks, "tasks");
        Errors = Add(flow.Errors, null, Section.Errors, "errors");
        Finally = Add(flow.Finally, null, Section.Finally, "finally");
        AfterExecution = Add(flow.AfterExecution, null, Section.AfterExecution, "afterExecution");
        Listeners = [.. flow.Listeners.Select((listener, i) => Add(listener.Tasks, null, Section.Listeners, $"listeners[{i}]"))];
        SideTasks = [.. Errors, .. Finally, .. AfterExecution, .. Listeners.SelectMany(l => l)];
    }

    public static FlowMap Of(Flow flow) => Known.GetValue(flow, static f => new FlowMap(f));

    /// <summary>Enabled tasks of each list of the flow.</summary>
    public IReadOnlyList<TaskNode> Tasks { get; }
    public IReadOnlyList<TaskNode> Errors { get; }
    public IReadOnlyList<TaskNode> Finally { get; }
    public IReadOnlyList<TaskNode> AfterExecution { get; }
    public IReadOnlyList<IReadOnlyList<TaskNode>> Listeners { get; }

    /// <summary>Top-level tasks that are not main tasks.</summary>
    public IReadOnlyList<TaskNode> SideTasks { get; }

    public IEnumerable<TaskNode> Nodes => nodes.Values;

    public TaskNode? Find(string taskId) => nodes.GetValueOrDefault(taskId);

    private List<TaskNode> Add(IReadOnlyList<TaskDefinition> tasks, TaskNode? parent, Section section, string branch)
    {
        var enabled = new List<TaskNode>(tasks.Count);
        foreach (var task in tasks)
        {
            var node = new TaskNode(task, parent, section, branch) { List = enabled };
            nodes[task.Id] = node;
            if (!task.Disabled)
            {
                node.Index = enabled.Count;
                enabled.Add(node);
            }
            var branches = new Dictionary<string, IReadOnlyList<TaskNode>>(StringComparer.Ordinal);
            foreach (var child in task is IUnfolded unfolded ? unfolded.Unfolded : task.Branches()) branches[child.Name] = Add(child.Tasks, node, SectionOf(child.Name), child.Name);
            if (branches.Count == 0) continue;
            node.Branches = branches;
            node.SideChildren = [.. branches.Values.SelectMany(b => b).Where(c => c.Section != Section.Tasks)];
        }
        return enabled;
    }

    private static Section SectionOf(string branch) => branch switch
    {
        "errors" => Section.Errors,
        "finally" => Section.Finally,
        "onPause" => Section.Aside,
        _ => Section.Tasks,
    };
}
