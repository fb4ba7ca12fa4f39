using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;

namespace FlowApps.Web.Flows.Topology;

/// <summary>Builds the graph of a flow from its tasks. A flowable task is a cluster: its begin, the tasks of its branches, its end.</summary>
public sealed class GraphBuilder
{
    private const string Root = "root";
    private readonly List<GraphNode> nodes = [];
    private readonly List<GraphEdge> edges = [];
    private readonly List<GraphCluster> clusters = [];

    private GraphBuilder() { }

    public static FlowGraph Build(Flow flow) => new GraphBuilder().Whole(flow);

    private FlowGraph Whole(Flow flow)
    {
        var start = Begin(Root);
        foreach (var trigger in flow.Triggers)
        {
            var id = $"{Root}.triggers.{trigger.Id}";
            nodes.Add(new GraphNode(id, NodeKind.Trigger, trigger.Id, trigger.Type, trigger.Disabled));
            edges.Add(new GraphEdge(id, start, EdgeRelation.Trigger));
        }
        var last = Chain(flow.Tasks, Root, start, EdgeRelation.Sequential, null);
        if (flow.Errors.Count > 0) Side("errors", flow.Errors, Root, start, EdgeRelation.Error);
        if (flow.Finally.Count > 0) last = Chain(flow.Finally, $"{Root}.finally", last, EdgeRelation.Finally, null);
        var end = End(Root);
        edges.Add(new GraphEdge(last, end));
        if (flow.AfterExecution.Count > 0) Chain(flow.AfterExecution, $"{Root}.afterExecution", end, EdgeRelation.AfterExecution, null);
        return new FlowGraph(nodes, edges, clusters);
    }

    /// <summary>One task after the other; returns the node that what follows hangs on.</summary>
    private string Chain(IReadOnlyList<TaskDefinition> tasks, string path, string from, EdgeRelation first, string? value)
    {
        var (previous, relation, label) = (from, first, value);
        foreach (var task in tasks)
        {
            var (enter, leave) = Add(task, path);
            edges.Add(new GraphEdge(previous, enter, relation, label));
            (previous, relation, label) = (leave, EdgeRelation.Sequential, null);
        }
        return previous;
    }

    /// <summary>A task as one node, or a flowable as a cluster: where to enter and where to leave.</summary>
    private (string Enter, string Leave) Add(TaskDefinition task, string path)
    {
        var id = $"{path}.{task.Id}";
        var branches = task.Branches().Where(branch => branch.Tasks.Count > 0).ToList();
        if (branches.Count == 0)
        {
            nodes.Add(new GraphNode(id, NodeKind.Task, task.Id, task.Type, task.Disabled));
            return (id, id);
        }
        var firstNode = nodes.Count;
        nodes.Add(new GraphNode(id, NodeKind.Task, task.Id, task.Type, task.Disabled));
        var start = Begin(id);
        edges.Add(new GraphEdge(id, start));
        var leaves = new List<string>();
        foreach (var branch in branches.Where(b => b.Name is not ("errors" or "finally"))) leaves.AddRange(Branch(task, branch, id, start));
        if (branches.Find(b => b.Name == "errors") is { } errors) Side("errors", errors.Tasks, id, start, EdgeRelation.Error);
        var end = $"{id}.end";
        if (branches.Find(b => b.Name == "finally") is { } last)
        {
            var gate = leaves.DefaultIfEmpty(start).ToList();
            var done = gate.Count == 1 ? gate[0] : Gate($"{id}.finally", gate);
            leaves = [Chain(last.Tasks, $"{id}.finally", done, EdgeRelation.Finally, null)];
        }
        End(id);
        foreach (var leaf in leaves.DefaultIfEmpty(start).Distinct()) edges.Add(new GraphEdge(leaf, end));
        clusters.Add(new GraphCluster($"cluster_{id}", task.Id, task.Type, path == Root ? null : $"cluster_{path}", start, end, nodes.Skip(firstNode).Select(n => n.Id).ToList()));
        return (id, end);
    }

    private IReadOnlyList<string> Branch(TaskDefinition task, TaskBranch branch, string id, string start)
    {
        var kind = task.Type.Split('.')[^1];
        if (kind is "Parallel") return branch.Tasks.Select(child => Chain([child], id, start, EdgeRelation.Parallel, null)).ToList();
        if (task is ITaskOrder order) return Ordered(branch.Tasks, order.Predecessors, id, start);
        var (relation, value) = branch.Name switch
        {
            "then" => (EdgeRelation.Choice, "true"),
            "else" => (EdgeRelation.Choice, "false"),
            "defaults" => (EdgeRelation.Choice, "defaults"),
            _ when branch.Name.StartsWith("cases.", StringComparison.Ordinal) => (EdgeRelation.Choice, branch.Name["cases.".Length..]),
            _ when kind is "ForEach" or "EachSequential" or "EachParallel" or "Loop" or "LoopUntil" or "WaitFor" => (EdgeRelation.Dynamic, (string?)null),
            _ => (EdgeRelation.Sequential, null),
        };
        return [Chain(branch.Tasks, id, start, relation, value)];
    }

    /// <summary>Tasks that wait for named others: those that wait for none hang on the begin, those that nobody waits for lead to the end.</summary>
    private List<string> Ordered(IReadOnlyList<TaskDefinition> tasks, IReadOnlyDictionary<string, IReadOnlyList<string>> predecessors, string id, string start)
    {
        var ends = tasks.ToDictionary(task => task.Id, task => Add(task, id));
        foreach (var task in tasks)
        {
            var before = predecessors.GetValueOrDefault(task.Id, []).Where(ends.ContainsKey).ToList();
            if (before.Count == 0) edges.Add(new GraphEdge(start, ends[task.Id].Enter, EdgeRelation.Parallel));
            foreach (var name in before) edges.Add(new GraphEdge(ends[name].Leave, ends[task.Id].Enter));
        }
        var awaited = predecessors.Values.SelectMany(names => names).ToHashSet(StringComparer.Ordinal);
        return tasks.Where(task => !awaited.Contains(task.Id)).Select(task => ends[task.Id].Leave).ToList();
    }

    /// <summary>A branch beside the main way: it begins when something failed and leads nowhere.</summary>
    private void Side(string name, IReadOnlyList<TaskDefinition> tasks, string path, string from, EdgeRelation relation)
    {
        var first = nodes.Count;
        var last = Chain(tasks, $"{path}.{name}", from, relation, null);
        var inside = nodes.Skip(first).Select(n => n.Id).ToList();
        if (inside.Count > 0) clusters.Add(new GraphCluster($"cluster_{path}.{name}", name, null, path == Root ? null : $"cluster_{path}", inside[0], last, inside));
    }

    private string Gate(string id, IEnumerable<string> from)
    {
        var gate = Begin(id);
        edges.AddRange(from.Select(node => new GraphEdge(node, gate)));
        return gate;
    }

    private string Begin(string path)
    {
        nodes.Add(new GraphNode($"{path}.start", NodeKind.Start));
        return $"{path}.start";
    }

    private string End(string path)
    {
        nodes.Add(new GraphNode($"{path}.end", NodeKind.End));
        return $"{path}.end";
    }
}
