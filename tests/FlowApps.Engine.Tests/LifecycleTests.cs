using FlowApps.Domain.Executions;
using FlowApps.Engine.Executions;
using static FlowApps.Engine.Tests.Harness.Playing;

namespace FlowApps.Engine.Tests;

public sealed class LifecycleTests
{
    [Fact]
    public void A_worker_task_is_created_runs_and_ends()
    {
        var (stage, id) = Started("tasks: [{id: a, type: test.Work}]");
        Assert.Equal(State.Created, Run(stage, id, "a").State.Current);
        stage.Give(id, new TaskStarted(Run(stage, id, "a").Id, 1, "w", stage.Now));
        var end = stage.RunToEnd(id);
        Assert.Equal("CREATED RUNNING SUCCESS", Histories(end.TaskRuns.Single().State));
        Assert.Equal("CREATED RUNNING SUCCESS", Histories(end.TaskRuns.Single().Attempts.Single().State));
        Assert.Equal("CREATED RUNNING SUCCESS", Histories(end.State));
    }

    [Fact]
    public void A_repeated_or_late_report_changes_nothing()
    {
        var (stage, id) = Started("tasks: [{id: a, type: test.Work}, {id: b, type: test.Work}]");
        var report = new TaskReported(Run(stage, id, "a").Id, 1, State.Success, null, null, "w", stage.Now, stage.Now);
        Assert.NotEmpty(stage.Give(id, report).Events);
        Assert.Empty(stage.Give(id, report).Events);
        Assert.Empty(stage.Give(id, report with { Outcome = State.Failed }).Events);
        Assert.Empty(stage.Give(id, report with { Attempt = 2 }).Events);
        Assert.Empty(stage.Give(id, report with { TaskRunId = "nobody" }).Events);
        Assert.Empty(stage.Give(id, new TaskStarted(report.TaskRunId, 1, "w", stage.Now)).Events);
    }

    [Fact]
    public void Looking_again_says_the_same_work_and_nothing_else()
    {
        var (stage, id) = Started("tasks: [{id: p, type: core.flow.Parallel, tasks: [{id: a, type: test.Work}, {id: b, type: test.Work}]}]");
        var decision = stage.Give(id, new Advance());
        Assert.Empty(decision.Events);
        Assert.Equal(["a", "b"], decision.Effects.Cast<RunTask>().Select(e => stage[id].TaskRuns[e.TaskRunId].TaskId));
    }

    [Fact]
    public void Kill_kills_what_waits_at_once_and_interrupts_what_runs()
    {
        var (stage, id) = Started("tasks: [{id: p, type: core.flow.Parallel, tasks: [{id: a, type: test.Work}, {id: b, type: test.Work}]}, {id: z, type: test.Work}]\nerrors: [{id: e, type: test.Work}]");
        stage.Give(id, new TaskStarted(Run(stage, id, "a").Id, 1, "w", stage.Now));
        var decision = stage.Give(id, new Kill("ann", true));
        Assert.Equal((State.Killing, State.Running, State.Killed), (decision.State.State.Current, Run(stage, id, "a").State.Current, Run(stage, id, "b").State.Current));
        stage.Deliver();
        Assert.Equal("CREATED RUNNING KILLING KILLED", Histories(stage[id].State));
        Assert.Equal(State.Killed, Run(stage, id, "p").State.Current);
        Assert.DoesNotContain(stage[id].TaskRuns, r => r.TaskId is "z" or "e");
        Assert.Equal("already_terminated", stage.Give(id, new Kill("ann", true)).Refusal!.Code);
    }
}
