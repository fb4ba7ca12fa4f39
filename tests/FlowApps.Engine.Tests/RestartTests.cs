using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using static FlowApps.Engine.Tests.Harness.Playing;

namespace FlowApps.Engine.Tests;

public sealed class RestartTests
{
    [Fact]
    public void Restart_runs_what_failed_again_and_keeps_what_succeeded()
    {
        var fail = true;
        var (stage, id) = Started("tasks: [{id: a, type: test.Work}, {id: s, type: core.flow.Sequential, tasks: [{id: b, type: test.Work}], errors: [{id: e, type: test.Work}]}]", (task, _, _, _) => fail && task.Id == "b" ? TaskOutcome.Failed("no") : TaskOutcome.Success());
        Assert.Equal(State.Failed, stage.RunToEnd(id).State.Current);
        fail = false;
        var decision = stage.Give(id, new Restart("ann"));
        Assert.Equal((State.Restarted, 4, 3), (decision.State.State.Current, decision.State.State.Histories.Length, decision.State.TaskRuns.Count));
        Assert.Equal((State.Running, State.Restarted), (Run(stage, id, "s").State.Current, Run(stage, id, "b").State.Current));
        var end = stage.RunToEnd(id);
        Assert.Equal((State.Success, 2, 1), (end.State.Current, Run(stage, id, "b").Attempts.Count, Run(stage, id, "a").Attempts.Count));
        Assert.Equal("No task found to restart execution from!", stage.Give(id, new Restart("ann")).Refusal!.Message);
    }

    [Fact]
    public void Replay_from_a_task_keeps_what_came_before_under_new_ids()
    {
        var (stage, id) = Started("tasks: [{id: a, type: test.Work}, {id: b, type: test.Work}, {id: c, type: test.Work}]");
        var first = stage.RunToEnd(id);
        var flow = Harness.Flows.Of("tasks: [{id: a, type: test.Work}, {id: b, type: test.Work}, {id: c, type: test.Work}]");
        var again = stage.Begin(stage.Decider.Replay(flow, first, Run(stage, id, "b").Id, null, null, stage.Moment));
        Assert.Equal((State.Restarted, 2, first.Id), (stage[again].State.Current, stage[again].TaskRuns.Count, stage[again].ParentId));
        Assert.Empty(stage[again].TaskRuns.Select(r => r.Id).Intersect(first.TaskRuns.Select(r => r.Id)));
        Assert.Equal(State.Success, stage.RunToEnd(again).State.Current);
        Assert.Equal(again, stage[again].Labels.Single(l => l.Key == "system.correlationId").Value);
        var whole = stage.Begin(stage.Decider.Replay(flow, first, null, null, null, stage.Moment));
        Assert.Equal(3, stage.RunToEnd(whole).TaskRuns.Count);
        Assert.Equal("No task found", stage.Decider.Replay(flow, first, "nobody", null, null, stage.Moment).Refusal!.Message);
    }

    [Theory]
    [InlineData("type: core.flow.ForEach, values: [1, 2, 3], tasks: [{id: inner, type: test.Work}]", 3)]
    [InlineData("type: core.flow.ForEach, values: [1, 2, 3], concurrencyLimit: 0, tasks: [{id: inner, type: test.Work}]", 3)]
    [InlineData("type: core.flow.EachSequential, value: [1, 2], tasks: [{id: inner, type: test.Work}]", 2)]
    [InlineData("type: core.flow.Parallel, tasks: [{id: inner, type: test.Work}, {id: other, type: test.Work}]", 1)]
    [InlineData("type: core.flow.If, condition: 'true', then: [{id: inner, type: test.Work}], else: [{id: wrong, type: test.Work}]", 1)]
    [InlineData("type: core.flow.Switch, value: x, cases: {x: [{id: inner, type: test.Work}]}", 1)]
    [InlineData("type: core.flow.Loop, values: [1, 2], tasks: [{id: inner, type: test.Work}]", 2)]
    public void Replay_from_a_flowable_runs_everything_inside_again(string body, int inside)
    {
        var source = $"tasks: [{{id: before, type: test.Work}}, {{id: around, {body}}}, {{id: after, type: test.Work}}]";
        var (stage, id) = Started(source);
        var first = stage.RunToEnd(id);
        var again = stage.Begin(stage.Decider.Replay(Harness.Flows.Of(source), first, Run(stage, id, "around").Id, null, null, stage.Moment));
        var end = stage.RunToEnd(again);
        Assert.Equal(State.Success, end.State.Current);
        Assert.Equal((1, inside, 1), (Count("before"), Count("inner"), Count("after")));
        Assert.Single(Run(stage, again, "before").Attempts);

        int Count(string task) => end.TaskRuns.Count(run => run.TaskId == task && run.State.Current == State.Success);
    }
}
