using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Tests.Harness;

namespace FlowApps.Engine.Tests;

public sealed class SubflowTests
{
    private static readonly Flow Child = Harness.Flows.Of("labels: {child: own}\ninputs: [{id: n, type: INT, defaults: 1}]\ntasks: [{id: work, type: test.Work}]\noutputs: [{id: n, type: INT, value: \"{{ inputs.n }}\"}]", "child");

    private static (Stage Stage, Execution Parent, Execution? Sub) Play(string fields, Answer? worker = null, Flow? child = null)
    {
        var parent = Harness.Flows.Of($"labels: {{team: red}}\ntasks:\n- {{id: sub, type: core.flow.Subflow, namespace: company.team, flowId: child{fields}}}");
        var stage = new Stage(parent, child ?? Child) { Worker = worker };
        var end = stage.RunToEnd(stage.Start(parent));
        return (stage, end, stage.Executions.FirstOrDefault(e => e.FlowId == "child"));
    }

    [Fact]
    public void A_subflow_gets_its_inputs_and_gives_its_outputs()
    {
        var (_, parent, sub) = Play(", inputs: {n: \"{{ 40 + 2 }}\"}");
        Assert.Equal((State.Success, 42), (parent.State.Current, sub!.Inputs["n"]));
        Assert.Equal("{\"executionId\":\"" + sub.Id + "\",\"state\":\"SUCCESS\",\"outputs\":{\"n\":42}}", Data.Write(parent.TaskRuns.Single().Outputs));
        Assert.Single(parent.TaskRuns.Single().Attempts);
        Assert.Equal(("sub", parent.Id), (sub.Trigger!.Id, sub.Trigger.Variables["executionId"]));
        Assert.Equal(parent.Id, sub.Labels.Single(l => l.Key == "system.correlationId").Value);
        Assert.DoesNotContain(sub.Labels, l => l.Key == "team");
    }

    [Fact]
    public void Labels_are_inherited_when_asked_for() =>
        Assert.Contains(new Label("team", "red"), Play(", inheritLabels: true, labels: {extra: \"{{ flow.id }}\"}").Sub!.Labels);

    [Theory]
    [InlineData("", "FAILED")]
    [InlineData(", transmitFailed: false", "SUCCESS")]
    [InlineData(", allowFailure: true", "WARNING")]
    [InlineData(", allowFailure: true, allowWarning: true", "SUCCESS")]
    [InlineData(", wait: false", "SUCCESS")]
    public void A_failed_subflow_counts_as_the_task_says(string fields, string expected) => Assert.Equal(expected, Play(fields, (_, _, _, _) => TaskOutcome.Failed("no")).Parent.State.Current.Word);

    [Fact]
    public void An_unknown_or_disabled_flow_fails_the_task()
    {
        var (_, parent, _) = Play("", null, Child with { Disabled = true });
        Assert.Equal((State.Failed, State.Failed), (parent.State.Current, parent.TaskRuns.Single().Attempts.Single().State.Current));
    }

    [Fact]
    public void A_subflow_is_tried_again_with_a_new_execution()
    {
        var (stage, parent, _) = Play(", retry: {type: constant, interval: PT1S, maxAttempts: 3}", (_, _, _, _) => TaskOutcome.Failed("no"));
        Assert.Equal((State.Failed, 3), (parent.State.Current, parent.TaskRuns.Single().Attempts.Count));
        Assert.Equal(3, stage.Executions.Count(e => e.FlowId == "child"));
    }

    [Fact]
    public void A_paused_subflow_pauses_its_parent_until_it_goes_on()
    {
        var child = Harness.Flows.Of("tasks: [{id: p, type: core.flow.Pause}]", "child");
        var parent = Harness.Flows.Of("tasks: [{id: sub, type: core.flow.Subflow, namespace: company.team, flowId: child}]");
        var stage = new Stage(parent, child);
        var id = stage.Start(parent);
        Assert.Equal(State.Paused, stage[id].State.Current);
        stage.Send(stage.Executions.Single(e => e.FlowId == "child").Id, new Resume(null, Data.Map(), "approved", null, null));
        Assert.Equal(State.Success, stage[id].State.Current);
    }

    [Fact]
    public void Killing_the_parent_kills_the_subflow()
    {
        var parent = Harness.Flows.Of("tasks: [{id: sub, type: core.flow.Subflow, namespace: company.team, flowId: child}]");
        var stage = new Stage(parent, Child);
        var id = stage.Start(parent);
        stage.Send(id, new Kill("ann", true));
        Assert.All(stage.Executions, e => Assert.Equal(State.Killed, e.State.Current));
    }

    [Fact]
    public void A_subflow_retried_as_a_new_execution_reports_when_the_last_one_ends()
    {
        var child = Child with { Retry = new ConstantRetry(TimeSpan.FromSeconds(5)) { MaxAttempts = 2, Behavior = RetryBehavior.CreateNewExecution } };
        var tries = 0;
        var (stage, parent, _) = Play("", (_, _, _, _) => ++tries == 1 ? TaskOutcome.Failed("no") : TaskOutcome.Success(), child);
        Assert.Equal(State.Success, parent.State.Current);
        Assert.Equal(["RETRIED", "SUCCESS"], stage.Executions.Where(e => e.FlowId == "child").Select(e => e.State.Current.Word));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData(", restartBehavior: NEW_EXECUTION", 2)]
    public void Restarting_the_parent_restarts_the_subflow_or_starts_another(string fields, int children)
    {
        var works = false;
        var (stage, parent, _) = Play(fields, (_, _, _, _) => works ? TaskOutcome.Success() : TaskOutcome.Failed("no"));
        works = true;
        stage.Send(parent.Id, new Restart("ann"));
        Assert.Equal(State.Success, stage.RunToEnd(parent.Id).State.Current);
        Assert.Equal(children, stage.Executions.Count(e => e.FlowId == "child"));
        Assert.Equal(2, stage[parent.Id].TaskRuns.Single().Attempts.Count);
    }

    [Fact]
    public void A_subflow_with_nothing_to_restart_reports_its_end_again()
    {
        var child = Harness.Flows.Of("tasks: [{id: work, type: test.Work}]\noutputs: [{id: n, type: INT, value: \"{{ outputs.work.none }}\"}]", "child");
        var (stage, parent, _) = Play("", null, child);
        Assert.Equal(State.Failed, parent.State.Current);
        stage.Send(parent.Id, new Restart("ann"));
        Assert.Equal(State.Failed, stage.RunToEnd(parent.Id).State.Current);
    }

    [Fact]
    public void Old_outputs_are_rendered_with_the_variables_of_the_subflow()
    {
        var (_, parent, _) = Play(", outputs: {got: \"{{ outputs.work.x }}\"}", (_, _, _, _) => TaskOutcome.Success(("x", "y")));
        Assert.Equal("""{"got":"y"}""", Data.Write(parent.TaskRuns.Single().Outputs!["outputs"]));
        Assert.Equal(State.Failed, Play(", outputs: {got: \"{{ outputs.work.missing }}\"}").Parent.State.Current);
    }

    [Theory]
    [InlineData(true, "SUCCESS", """{"numberOfBatches":3,"iterations":{"CREATED":0,"RUNNING":0,"SUCCESS":3}}""", 4)]
    [InlineData(false, "FAILED", """{"numberOfBatches":3,"iterations":{"CREATED":0,"RUNNING":0,"SUCCESS":0,"FAILED":3}}""", 3)]
    public void ForEachItem_starts_an_execution_for_each_batch(bool works, string state, string outputs, int runs)
    {
        var parent = Harness.Flows.Of("tasks: [{id: each, type: core.flow.ForEachItem, items: kestra:///file, namespace: company.team, flowId: child, inputs: {n: \"{{ taskrun.iteration }}\"}}]");
        var stage = new Stage(parent, Child)
        {
            Worker = (task, _, _, _) => task.Id == "each_split" ? TaskOutcome.Success(("splits", "kestra:///splits")) : works || task.Id != "work" ? TaskOutcome.Success() : TaskOutcome.Failed("no"),
            Outside = _ => "kestra:///a\nkestra:///b\nkestra:///c\n",
        };
        var end = stage.RunToEnd(stage.Start(parent));
        Assert.Equal((state, runs), (end.State.Current.Word, end.TaskRuns.Count));
        Assert.Equal(outputs, Data.Write(end.TaskRuns.Single(r => r.TaskId == "each_items").Outputs));
        Assert.Equal([1, 2, 3], stage.Executions.Where(e => e.FlowId == "child").Select(e => e.Inputs["n"]));
    }
}
