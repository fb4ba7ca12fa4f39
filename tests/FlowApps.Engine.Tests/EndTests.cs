using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Tests.Harness;
using static FlowApps.Engine.Tests.Harness.Playing;

namespace FlowApps.Engine.Tests;

public sealed class EndTests
{
    [Fact]
    public void Labels_are_the_flows_then_the_given_ones_then_the_correlation_id()
    {
        var flow = Harness.Flows.Of("labels: {a: flow}\ntasks: [{id: t, type: test.Work}]");
        var stage = new Stage(flow) { Worker = (_, _, _, _) => TaskOutcome.Success() with { Changes = [new SetLabels([new Label("a", "task"), new Label("c", "d")])] } };
        var id = stage.Start(flow, null, new NewExecution("one") { Labels = [new Label("b", "given")] });
        Assert.Equal("a=flow b=given system.correlationId=one", string.Join(" ", stage[id].Labels.Select(l => $"{l.Key}={l.Value}")));
        Assert.Equal("b=given system.correlationId=one a=task c=d", string.Join(" ", stage.RunToEnd(id).Labels.Select(l => $"{l.Key}={l.Value}")));
        Assert.Equal("system_label", stage.Give(id, new ChangeLabels([new Label("system.x", "y")], null)).Refusal!.Code);
        Assert.Contains(new Label("x", "y"), stage.Give(id, new ChangeLabels([new Label("x", "y")], null)).State.Labels);
    }

    [Fact]
    public void Outputs_of_the_flow_are_typed_and_a_failure_there_fails_the_execution()
    {
        var (stage, id) = Started("tasks: [{id: a, type: test.Work}]\noutputs: [{id: n, type: INT, value: \"{{ outputs.a.n }}\"}]", (_, _, _, _) => TaskOutcome.Success(("n", 42)));
        Assert.Equal(42, stage.RunToEnd(id).Outputs!["n"]);
        (stage, id) = Started("tasks: [{id: a, type: test.Work}]\noutputs: [{id: n, type: INT, value: \"{{ outputs.a.n }}\"}]", (_, _, _, _) => TaskOutcome.Success(("n", "many")));
        var end = stage.RunToEnd(id);
        Assert.Equal(State.Failed, end.State.Current);
        Assert.Null(end.Outputs);
        Assert.Contains("n", end.Error!);
    }

    [Fact]
    public void An_outside_failure_fails_the_run_with_its_message()
    {
        var flow = Harness.Flows.Of("tasks: [{id: c, type: core.flow.Switch, value: \"{{ secret('x') }}\", defaults: [{id: a, type: test.Work}]}]");
        var stage = new Stage(flow) { Outside = _ => null };
        var id = stage.NewId();
        stage.Begin(stage.Decider.Create(flow, new NewExecution(id), stage.Moment));
        stage.Give(id, new Advance());
        var run = Run(stage, id, "c").Id;
        var end = stage.Give(id, new OutsideAnswered(run, Data.Map(), "Cannot find secret for key 'x'.")).State;
        Assert.Equal(("FAILED", "Cannot find secret for key 'x'."), (end.State.Current.Word, end.TaskRuns[run].Error));
    }

    [Fact]
    public void Exit_ends_the_execution_and_stops_the_rest()
    {
        var (stage, id) = Started("tasks: [{id: p, type: core.flow.Parallel, tasks: [{id: a, type: test.Work}, {id: b, type: test.Work}]}, {id: z, type: test.Work}]\nafterExecution: [{id: after, type: test.Work}]",
            (task, _, _, _) => task.Id == "a" ? TaskOutcome.Success() with { Changes = [new ExitExecution(State.Warning)] } : TaskOutcome.Success());
        var end = stage.RunToEnd(id);
        Assert.Equal((State.Warning, State.Warning, State.Killed, State.Success), (end.State.Current, Run(stage, id, "p").State.Current, Run(stage, id, "b").State.Current, Run(stage, id, "after").State.Current));
        Assert.DoesNotContain(end.TaskRuns, r => r.TaskId == "z");
    }

    [Theory]
    [InlineData("QUEUE", "QUEUED")]
    [InlineData("CANCEL", "CANCELLED")]
    [InlineData("FAIL", "FAILED")]
    public void Without_a_slot_an_execution_is_queued_cancelled_or_failed(string behavior, string expected)
    {
        var flow = Harness.Flows.Of($"concurrency: {{limit: 1, behavior: {behavior}}}\ntasks: [{{id: a, type: test.Work}}]");
        var stage = new Stage(flow);
        var created = stage.Decider.Create(flow, new NewExecution("one"), stage.Moment);
        Assert.IsType<AskSlot>(created.Effects.Single());
        var refused = stage.Decider.Decide(flow, created.State, new RefuseSlot(flow.Concurrency!.Behavior), stage.Moment);
        Assert.Equal(expected, refused.State.State.Current.Word);
        if (behavior == "QUEUE") Assert.Equal("CREATED QUEUED RUNNING", Histories(stage.Decider.Decide(flow, refused.State, new GrantSlot(), stage.Moment).State.State));
        else Assert.Equal("already_terminated", stage.Decider.Decide(flow, refused.State, new ForceRun(null), stage.Moment).Refusal!.Code);
    }

    [Fact]
    public void A_scheduled_execution_stays_created_until_its_date()
    {
        var flow = Harness.Flows.Of("tasks: [{id: a, type: test.Work}]");
        var stage = new Stage(flow);
        var id = stage.Start(flow, null, new NewExecution("one") { ScheduleDate = stage.Now.AddHours(1) });
        Assert.Equal(State.Created, stage[id].State.Current);
        var end = stage.RunToEnd(id);
        Assert.Equal((State.Success, TimeSpan.FromHours(1)), (end.State.Current, end.State.Duration!.Value));
    }

    [Fact]
    public void A_broken_promise_of_duration_fails_the_execution()
    {
        var (stage, id) = Started("sla: [{id: fast, type: MAX_DURATION, duration: PT1M, behavior: FAIL, labels: {late: \"yes\"}}]\ntasks: [{id: a, type: core.flow.Sleep, duration: PT1H}]");
        var end = stage.RunToEnd(id);
        Assert.Equal((State.Failed, TimeSpan.FromMinutes(1)), (end.State.Current, end.State.Duration!.Value));
        Assert.Contains(new Label("late", "yes"), end.Labels);
    }

    [Fact]
    public void A_broken_assertion_labels_once_and_goes_on()
    {
        var (stage, id) = Started("sla: [{id: ok, type: EXECUTION_ASSERTION, assert: \"{{ 1 == 2 }}\", behavior: NONE, labels: {sla: broken}}]\ntasks: [{id: a, type: test.Work}, {id: b, type: test.Work}]");
        var end = stage.RunToEnd(id);
        Assert.Equal(State.Success, end.State.Current);
        Assert.Single(stage.Events(id).OfType<LabelsChanged>());
    }

    [Fact]
    public void Listeners_run_after_the_end_and_change_it_no_more()
    {
        var (stage, id) = Started("listeners:\n- conditions: [{type: core.condition.ExecutionStatus, in: [SUCCESS]}]\n  tasks: [{id: l1, type: test.Work}]\n- conditions: [{type: core.condition.ExecutionStatus, in: [FAILED]}]\n  tasks: [{id: l2, type: test.Work}]\ntasks: [{id: a, type: test.Work}]",
            (task, _, _, _) => task.Id == "l1" ? TaskOutcome.Failed("no") : TaskOutcome.Success());
        var end = stage.RunToEnd(id);
        Assert.Equal((State.Success, "a l1"), (end.State.Current, string.Join(" ", end.TaskRuns.Select(r => r.TaskId))));
    }

    [Fact]
    public void Variables_set_by_a_task_are_merged_into_vars_and_unset_by_their_path()
    {
        var seen = new Dictionary<string, object?>();
        var (stage, id) = Started("variables: {state: open, nested: {child: old, stays: same}}\ntasks: [{id: a, type: test.Work}, {id: b, type: test.Work}, {id: c, type: test.Work}]", (task, _, _, variables) =>
        {
            seen[task.Id] = Data.Write(variables["vars"]);
            seen["bare"] = variables.GetValueOrDefault("colour");
            return TaskOutcome.Success() with
            {
                Changes = task.Id switch
                {
                    "a" => [new SetVariables(Data.Map(("colour", "red"), ("nested", Data.Map(("child", "new")))))],
                    "b" => [new UnsetVariables(["state", "nested.stays", "no.such"])],
                    _ => [],
                },
            };
        });
        Assert.Equal(State.Success, stage.RunToEnd(id).State.Current);
        Assert.Equal("""{"state":"open","nested":{"child":"new","stays":"same"},"colour":"red"}""", seen["b"]);
        Assert.Equal("""{"nested":{"child":"new"},"colour":"red"}""", seen["c"]);
        Assert.Equal("red", seen["bare"]);
    }

    [Fact]
    public void A_variable_that_is_there_is_not_set_again_without_overwrite()
    {
        var (stage, id) = Started("variables: {state: open}\ntasks: [{id: a, type: test.Work}]", (_, _, _, _) => TaskOutcome.Success() with { Changes = [new SetVariables(Data.Map(("state", "shut")), Overwrite: false)] });
        var end = stage.RunToEnd(id);
        Assert.Equal(State.Failed, end.State.Current);
        Assert.Contains("state", end.TaskRuns.First().Attempts[^1].Error, StringComparison.Ordinal);
        Assert.Null(end.Vars);
    }

    [Fact]
    public void A_runaway_flow_ends_as_failed()
    {
        var flow = Harness.Flows.Of("tasks: [{id: w, type: core.flow.LoopUntil, condition: \"false\", checkFrequency: {interval: PT0S}, tasks: [{id: i, type: core.flow.If, condition: \"false\", then: [{id: a, type: test.Work}]}]}]");
        var stage = new Stage(flow) { Verify = false };
        var id = stage.Start(flow);
        for (var i = 0; i < 50 && stage.RingNext(); i++) { }
        Assert.Equal(State.Paused, stage[id].State.Current);
        var many = Harness.Flows.Of("tasks: [{id: e, type: core.flow.ForEach, concurrencyLimit: 0, values: \"{{ range(1, 2000) }}\", tasks: [{id: a, type: test.Work}]}]\nafterExecution: [{id: after, type: test.Work}]");
        stage = new Stage(many) { Verify = false, Decider = new ExecutionDecider(new Expressions.ExpressionEngine(new Expressions.ExpressionOptions()), new EngineOptions { StepCeiling = 1_000 }) };
        id = stage.Start(many);
        Assert.Equal(State.Failed, stage[id].State.Current);
        Assert.Contains("steps", stage[id].Error!);
        Assert.Equal(State.Created, stage[id].TaskRuns.Single(r => r.TaskId == "after").State.Current);
    }
}
