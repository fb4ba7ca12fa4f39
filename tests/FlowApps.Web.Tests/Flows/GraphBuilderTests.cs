using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Web.Flows.Topology;

namespace FlowApps.Web.Tests.Flows;

public sealed class GraphBuilderTests
{
    [Fact]
    public void Tasks_follow_each_other_between_begin_and_end() =>
        Assert.Equal(["root.start>root.a", "root.a>root.b", "root.b>root.end"], Edges(Build(Task("a"), Task("b"))));

    [Fact]
    public void A_parallel_task_is_a_cluster_whose_children_stand_side_by_side()
    {
        var graph = Build(new Group("p", "core.flow.Parallel", new TaskBranch("tasks", [Task("a"), Task("b")])), Task("after"));
        Assert.Equal(
            ["root.p>root.p.start", "root.p.start>root.p.a parallel", "root.p.start>root.p.b parallel", "root.p.a>root.p.end", "root.p.b>root.p.end", "root.start>root.p", "root.p.end>root.after", "root.after>root.end"],
            Edges(graph));
        var cluster = Assert.Single(graph.Clusters);
        Assert.Equal(["root.p", "root.p.start", "root.p.a", "root.p.b", "root.p.end"], cluster.Nodes);
    }

    [Fact]
    public void Choices_carry_their_case_and_an_error_branch_leads_nowhere()
    {
        var graph = Build(new Group("s", "core.flow.Switch", new TaskBranch("cases.x", [Task("a")]), new TaskBranch("defaults", [Task("b")]), new TaskBranch("errors", [Task("e")])));
        var edges = Edges(graph);
        Assert.Contains("root.s.start>root.s.a choice x", edges);
        Assert.Contains("root.s.start>root.s.b choice defaults", edges);
        Assert.Contains("root.s.start>root.s.errors.e error", edges);
        Assert.DoesNotContain(graph.Edges, edge => edge.From == "root.s.errors.e");
    }

    [Fact]
    public void Tasks_of_a_dag_hang_on_the_tasks_they_wait_for()
    {
        var edges = Edges(Build(new Dag("d", [Task("a"), Task("b"), Task("c")], new() { ["c"] = ["a", "b"] })));
        Assert.Superset(new HashSet<string> { "root.d.start>root.d.a parallel", "root.d.start>root.d.b parallel", "root.d.a>root.d.c", "root.d.b>root.d.c", "root.d.c>root.d.end" }, edges.ToHashSet());
        Assert.DoesNotContain("root.d.a>root.d.end", edges);
    }

    [Fact]
    public void Every_edge_joins_two_nodes_and_no_node_comes_twice()
    {
        var inner = new Group("inner", "core.flow.Sequential", new TaskBranch("tasks", [Task("x")]), new TaskBranch("finally", [Task("f")]), new TaskBranch("errors", [Task("e")]));
        var flow = new Flow { Id = "f", Namespace = "n", Tasks = [new Group("outer", "core.flow.ForEach", new TaskBranch("tasks", [inner, Task("y")])), Task("z")], Errors = [Task("oops")], Finally = [Task("last")], AfterExecution = [Task("later")] };
        var graph = GraphBuilder.Build(flow);
        var ids = graph.Nodes.Select(node => node.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(graph.Edges, edge => Assert.True(ids.Contains(edge.From) && ids.Contains(edge.To), edge.ToString()));
        Assert.All(graph.Clusters.SelectMany(cluster => cluster.Nodes), node => Assert.Contains(node, ids));
    }

    private static FlowGraph Build(params TaskDefinition[] tasks) => GraphBuilder.Build(new Flow { Id = "f", Namespace = "n", Tasks = tasks });

    private static List<string> Edges(FlowGraph graph) => graph.Edges
        .Select(edge => $"{edge.From}>{edge.To}{(edge.Relation == EdgeRelation.Sequential ? "" : " " + edge.Relation.ToString().ToLowerInvariant())}{(edge.Value is null ? "" : " " + edge.Value)}").ToList();

    private static Group Task(string id) => new(id, "core.log.Log");

    private sealed record Group : FlowableTask
    {
        private readonly TaskBranch[] branches;

        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Group(string id, string type, params TaskBranch[] branches) => (Id, Type, this.branches) = (id, type, branches);

        protected override IEnumerable<TaskBranch> OwnBranches() => branches;
    }

    private sealed record Dag : FlowableTask, ITaskOrder
    {
        private readonly IReadOnlyList<TaskDefinition> tasks;

        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Dag(string id, IReadOnlyList<TaskDefinition> tasks, Dictionary<string, IReadOnlyList<string>> predecessors) =>
            (Id, Type, this.tasks, Predecessors) = (id, "core.flow.Dag", tasks, predecessors);

        public IReadOnlyDictionary<string, IReadOnlyList<string>> Predecessors { get; }

        protected override IEnumerable<TaskBranch> OwnBranches() => [new TaskBranch("tasks", tasks)];
    }
}
