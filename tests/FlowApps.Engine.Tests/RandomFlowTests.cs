using System.Text;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Tests.Harness;
using FlowApps.Testing;

namespace FlowApps.Engine.Tests;

/// <summary>Random nested flows, answered in random orders: the order never matters for how they end. After every step the engine goes on with the state rebuilt from its events.</summary>
public sealed class RandomFlowTests(RandomFlowTests.Rebuilds rebuilds) : IClassFixture<RandomFlowTests.Rebuilds>
{
    private const int Paths = 5;

    private static readonly Dictionary<State, State[]> Follows = new()
    {
        [State.Created] = [State.Running, State.Skipped, State.Killed, State.Failed, State.Success, State.Warning],
        [State.Running] = [State.Success, State.Warning, State.Failed, State.Killed, State.Paused, State.Retrying],
        [State.Paused] = [State.Running, State.Killed, State.Failed, State.Cancelled],
        [State.Retrying] = [State.Created, State.Killed],
    };

    /// <summary>More of them at night: FLOWAPPS_SEEDS.</summary>
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("FLOWAPPS_SEEDS") ?? "200", System.Globalization.CultureInfo.InvariantCulture))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_flow_ends_the_same_in_whatever_order_its_tasks_report(int seed)
    {
        var body = new Maker(new Random(seed)).Flow();
        var flow = Harness.Flows.Of(body);
        var ends = Enumerable.Range(0, Paths).Select(order =>
        {
            var random = new Random(seed * 31 + order);
            var stage = new Stage(flow) { Worker = (task, run, attempt, _) => Fails(task.Id, run.Value, seed) ? TaskOutcome.Failed("no") : TaskOutcome.Success(("attempt", attempt)) };
            var end = stage.RunToEnd(stage.Start(flow), order == 0 ? null : random.Next);
            rebuilds.Add(stage.Steps);
            Assert.True(end.IsSettled, $"{end.State.Current}\n{body}");
            foreach (var run in end.TaskRuns) IsLegal(run, body);
            return $"{end.State.Current} {string.Join(" ", end.TaskRuns.Where(r => r.ParentId is null).Select(r => $"{r.TaskId}:{r.State.Current}"))}";
        }).Distinct().ToList();
        Assert.True(ends.Count == 1, $"{string.Join("\n", ends)}\n{body}");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_flow_killed_at_any_moment_ends_killed_with_nothing_open(int seed)
    {
        var flow = Harness.Flows.Of(new Maker(new Random(seed)).Flow());
        var random = new Random(seed);
        var stage = new Stage(flow) { Worker = (task, run, _, _) => Fails(task.Id, run.Value, seed) ? TaskOutcome.Failed("no") : TaskOutcome.Success() };
        var id = stage.Start(flow);
        for (var i = random.Next(12); i > 0 && stage.Work.Count > 0; i--)
        {
            var (_, runId, attempt) = stage.Work[random.Next(stage.Work.Count)];
            if (random.Next(3) == 0) stage.Give(id, new TaskStarted(runId, attempt, "w", stage.Now));
            else stage.Report(id, runId, attempt);
        }
        if (stage[id].State.Current.IsTerminal) return;
        stage.Send(id, new Kill("ann", true));
        Assert.Equal(State.Killed, stage[id].State.Current);
        Assert.True(stage[id].IsSettled);
        Assert.Empty(stage.Give(id, new Advance()).Events);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_failed_flow_restarted_when_all_works_ends_well(int seed)
    {
        var body = new Maker(new Random(seed)).Flow();
        var flow = Harness.Flows.Of(body);
        var works = false;
        var stage = new Stage(flow) { Worker = (task, run, _, _) => !works && Fails(task.Id, run.Value, seed) ? TaskOutcome.Failed("no") : TaskOutcome.Success() };
        var id = stage.Start(flow);
        if (stage.RunToEnd(id).State.Current != State.Failed) return;
        works = true;
        Assert.Null(stage.Send(id, new Restart("ann")).Refusal);
        var end = stage.RunToEnd(id);
        Assert.True(end.State.Current is State.Success or State.Warning && end.IsSettled, $"{end.State.Current}\n{body}");
    }

    private static void IsLegal(TaskRun run, string body)
    {
        Assert.True(run.State.Current.IsTerminal, body);
        foreach (var (from, to) in run.State.Histories.Zip(run.State.Histories.Skip(1)))
            Assert.True(Follows.TryGetValue(from.State, out var allowed) && allowed.Contains(to.State) && from.Date <= to.Date, $"{run.TaskId}: {from.State} to {to.State}\n{body}");
    }

    private static bool Fails(string task, string? value, int seed)
    {
        var hash = 17;
        foreach (var c in $"{task}{value}{seed}") hash = hash * 31 + c;
        return (hash & 15) == 0;
    }

    /// <summary>How many paths were walked, and the steps after each of which the state was rebuilt.</summary>
    public sealed class Rebuilds : IDisposable
    {
        private int paths, steps;

        public void Add(int stepsOfPath)
        {
            Interlocked.Increment(ref paths);
            Interlocked.Add(ref steps, stepsOfPath);
        }

        public void Dispose() => Report.Goal($"R-34: {paths / Paths} random flows x {Paths} paths, the engine's state rebuilt from its events after each of {steps:N0} steps: equal every time");
    }

    private sealed class Maker(Random random)
    {
        private int count;

        public string Flow()
        {
            var body = new StringBuilder("tasks:\n");
            for (var i = 0; i < random.Next(1, 4); i++) Task(body, 0, 3);
            if (random.Next(3) == 0) body.Append("errors:\n").Append("- {id: onerror, type: test.Work}\n");
            if (random.Next(3) == 0) body.Append("finally:\n").Append("- {id: tidy, type: test.Work}\n");
            return body.ToString();
        }

        private void Task(StringBuilder body, int indent, int depth)
        {
            var (pad, id) = (new string(' ', indent), $"t{++count}");
            var kind = depth == 0 ? 0 : random.Next(10);
            void Line(string text) => body.Append(pad).Append(text).Append('\n');
            void Children(string name)
            {
                Line($"  {name}:");
                for (var i = 0; i < random.Next(1, 4); i++) Task(body, indent + 2, depth - 1);
            }
            Line($"- id: {id}");
            if (random.Next(8) == 0) Line("  allowFailure: true");
            switch (kind)
            {
                case 1: Line("  type: core.flow.Sequential"); Children("tasks"); break;
                case 2: Line("  type: core.flow.Parallel"); Children("tasks"); break;
                case 3: Line("  type: core.flow.ForEach"); Line($"  concurrencyLimit: {random.Next(3)}"); Line("  values: [x, y, z]"); Children("tasks"); break;
                case 4: Line("  type: core.flow.If"); Line($"  condition: \"{random.Next(2)}\""); Children("then"); break;
                case 5: Line("  type: core.flow.AllowFailure"); Children("tasks"); break;
                case 6: Line("  type: core.flow.EachParallel"); Line("  value: [p, q]"); Children("tasks"); break;
                case 7: Line("  type: core.flow.Pause"); Line("  delay: PT1M"); Children("tasks"); break;
                case 8: Line("  type: core.flow.Loop"); Line($"  concurrencyLimit: {random.Next(3)}"); Line($"  transmitFailed: {(random.Next(2) == 0 ? "true" : "false")}"); Line("  values: [x, x, z]"); Line("  outputs: [{id: o, type: STRING, value: \"{{ item.value }}\"}]"); Children("tasks"); break;
                default:
                    Line("  type: test.Work");
                    if (random.Next(4) == 0) Line("  retry: {type: constant, interval: PT1S, maxAttempts: 2}");
                    return;
            }
            if (random.Next(4) == 0) Children("errors");
            if (random.Next(4) == 0) Children("finally");
        }
    }
}
