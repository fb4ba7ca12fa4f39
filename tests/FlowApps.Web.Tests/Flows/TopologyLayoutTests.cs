using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Web.Flows.Topology;

namespace FlowApps.Web.Tests.Flows;

public sealed class TopologyLayoutTests
{
    [Fact]
    public void Tasks_in_a_row_read_to_the_right_while_they_fit_and_downwards_when_they_do_not()
    {
        var flow = Flow(Task("a"), Task("b"), Task("c"));
        var wide = TopologyLayout.Draw(flow, 2000);
        Assert.Equal(Direction.Right, wide.Direction);
        Assert.True(Box(wide, "a").X < Box(wide, "b").X && Box(wide, "b").X < Box(wide, "c").X);
        Assert.Equal(Box(wide, "a").Y, Box(wide, "c").Y);
        var narrow = TopologyLayout.Draw(flow, 300);
        Assert.Equal(Direction.Down, narrow.Direction);
        Assert.True(Box(narrow, "a").Y < Box(narrow, "b").Y && Box(narrow, "b").Y < Box(narrow, "c").Y);
    }

    [Fact]
    public void Parallel_tasks_stand_side_by_side_in_one_frame()
    {
        var drawing = TopologyLayout.Draw(Flow(new Group("p", "core.flow.Parallel", new TaskBranch("tasks", [Task("a"), Task("b")])), Task("after")), 2000);
        var frame = Assert.Single(drawing.Frames);
        Assert.Equal("p, in parallel", frame.Words);
        Assert.Equal(Box(drawing, "a").X, Box(drawing, "b").X);
        Assert.All([Box(drawing, "a"), Box(drawing, "b")], box => Assert.True(Inside(box, frame)));
        Assert.False(Inside(Box(drawing, "after"), frame));
        Assert.Equal("after", Assert.Single(drawing.Arrows).To);
    }

    [Fact]
    public void A_task_of_a_dag_stands_behind_everything_it_waits_for_and_each_wait_is_an_arrow()
    {
        var drawing = TopologyLayout.Draw(Flow(new Ordered("d", [Task("c"), Task("a"), Task("b")], new() { ["b"] = ["a"], ["c"] = ["a", "b"] })), 2000);
        Assert.True(Box(drawing, "a").X < Box(drawing, "b").X && Box(drawing, "b").X < Box(drawing, "c").X);
        Assert.Equal(["b", "c", "c"], drawing.Arrows.Select(arrow => arrow.To).Order());
    }

    [Fact]
    public void A_circle_in_a_draft_is_drawn_without_hanging() =>
        Assert.Equal(2, TopologyLayout.Draw(Flow(new Ordered("d", [Task("a"), Task("b")], new() { ["a"] = ["b"], ["b"] = ["a"] })), 2000).Boxes.Count);

    [Theory]
    [InlineData(300)]
    [InlineData(5000)]
    public void Nothing_overlaps_and_everything_is_on_the_page_however_flows_are_nested(double width)
    {
        var random = new Random(20261121);
        for (var round = 0; round < 60; round++)
        {
            var number = 0;
            var flow = Flow([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Any(random, 0, ref number))]) with { Errors = [Task("oops")], Finally = [Task("last")] };
            var drawing = TopologyLayout.Draw(flow, width);
            Assert.Equal(flow.AllTasks().Count(task => !task.Branches().Any()), drawing.Boxes.Count);
            Assert.All(drawing.Boxes, box => Assert.True(box.X >= 0 && box.Y >= 0 && box.X + box.Width <= drawing.Width + 0.01 && box.Y + TaskBox.Height <= drawing.Height + 0.01));
            foreach (var (box, i) in drawing.Boxes.Select((box, i) => (box, i)))
                Assert.DoesNotContain(drawing.Boxes.Skip(i + 1), other => other.X < box.X + box.Width && box.X < other.X + other.Width && other.Y < box.Y + TaskBox.Height && box.Y < other.Y + TaskBox.Height);
            Assert.All(drawing.Arrows, arrow => Assert.True(drawing.Direction == Direction.Right ? arrow.ToX > arrow.FromX : arrow.ToY > arrow.FromY));
        }
    }

    [Fact]
    public void An_arrow_turns_at_right_angles_and_ends_at_its_tip()
    {
        Assert.Equal("M0 10L24 10", Elbow.Line(new Arrow(0, 10, 30, 10, "x"), Direction.Right));
        Assert.StartsWith("M0 10L5 10Q12 10 12 17L12 43Q12 50 19 50L24 50", Elbow.Line(new Arrow(0, 10, 30, 50, "x"), Direction.Right), StringComparison.Ordinal);
        Assert.Equal("M10 0L10 24", Elbow.Line(new Arrow(10, 0, 10, 30, "x"), Direction.Down));
    }

    private static TaskDefinition Any(Random random, int depth, ref int number)
    {
        var id = $"task_{number++}";
        if (depth > 2 || random.Next(3) == 0) return Task(id);
        var branches = new List<TaskBranch>();
        foreach (var name in random.Next(3) switch { 0 => new[] { "tasks" }, 1 => ["then", "else"], _ => ["tasks", "errors"] })
        {
            var children = new List<TaskDefinition>();
            for (var i = random.Next(1, 4); i > 0; i--) children.Add(Any(random, depth + 1, ref number));
            branches.Add(new TaskBranch(name, children));
        }
        return new Group(id, random.Next(2) == 0 ? "core.flow.Parallel" : "core.flow.Sequential", [.. branches]);
    }

    private static bool Inside(TaskBox box, TaskFrame frame) => box.X >= frame.X && box.Y >= frame.Y && box.X + box.Width <= frame.X + frame.Width && box.Y + TaskBox.Height <= frame.Y + frame.Height;

    private static TaskBox Box(Drawing drawing, string id) => drawing.Boxes.Single(box => box.Id == id);

    private static Flow Flow(params TaskDefinition[] tasks) => new() { Id = "f", Namespace = "n", Tasks = tasks };

    private static Plain Task(string id) => new() { Id = id, Type = "core.log.Log" };

    private sealed record Plain : TaskDefinition;

    private sealed record Group : TaskDefinition
    {
        private readonly TaskBranch[] branches;

        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Group(string id, string type, params TaskBranch[] branches) => (Id, Type, this.branches) = (id, type, branches);

        public override IEnumerable<TaskBranch> Branches() => branches;
    }

    private sealed record Ordered : TaskDefinition, ITaskOrder
    {
        private readonly TaskDefinition[] tasks;
        private readonly Dictionary<string, IReadOnlyList<string>> before;

        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Ordered(string id, TaskDefinition[] tasks, Dictionary<string, IReadOnlyList<string>> before) => (Id, Type, this.tasks, this.before) = (id, "core.flow.Dag", tasks, before);

        public IReadOnlyDictionary<string, IReadOnlyList<string>> Predecessors => before;

        public override IEnumerable<TaskBranch> Branches() => [new("tasks", tasks)];
    }
}
