using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Tests.Harness;
using static FlowApps.Engine.Tests.Harness.Playing;

namespace FlowApps.Engine.Tests;

public sealed class WaitTests
{
    [Fact]
    public void A_paused_execution_goes_on_when_it_is_resumed_with_the_answers_in_its_outputs()
    {
        var (stage, id) = Started("tasks: [{id: p, type: core.flow.Pause, onResume: [{id: why, type: STRING}]}, {id: z, type: test.Work}]");
        Assert.Equal((State.Paused, State.Paused), (stage[id].State.Current, Run(stage, id, "p").State.Current));
        var wait = stage.Effects.Select(e => e.Effect).OfType<OpenWait>().Single().Wait;
        Assert.Equal((Run(stage, id, "p").Id, "p"), (wait.TaskRunId, wait.Title));
        stage.Send(id, new Resume(wait.TaskRunId, Data.Map(("why", "because")), "approved", "ann", "fine"));
        var end = stage.RunToEnd(id);
        Assert.Equal("CREATED RUNNING PAUSED RESTARTED RUNNING SUCCESS", Histories(end.State));
        var outputs = Run(stage, id, "p").Outputs!;
        Assert.Equal("""{"why":"because"}""", Data.Write(outputs["onResume"]));
        Assert.Equal("ann", ((IReadOnlyDictionary<string, object?>)outputs["resumed"]!)["by"]);
    }

    [Fact]
    public void The_title_of_a_question_is_its_description_even_when_that_is_no_template() =>
        Assert.Equal("Pay {{ nobody }}?", Started("tasks: [{id: p, type: core.flow.HumanTask, description: \"Pay {{ nobody }}?\", assignment: {users: [ann], groups: [\"{{ flow.id }}\"]}}]").Stage.Effects.Select(e => e.Effect).OfType<OpenWait>().Single().Wait is { Users: ["ann"], Groups: ["flow"] } wait ? wait.Title : null);

    [Fact]
    public void A_second_answer_hears_who_was_first()
    {
        var (stage, id) = Started("tasks: [{id: p, type: core.flow.Pause}, {id: z, type: test.Work}]");
        var run = Run(stage, id, "p").Id;
        stage.Send(id, new Resume(run, Data.Map(), "approved", "ann", null));
        var late = stage.Give(id, new Resume(run, Data.Map(), "approved", "bob", null));
        Assert.Equal("already_decided", late.Refusal!.Code);
        Assert.Contains("ann", late.Refusal.Message);
        Assert.Empty(late.Events);
    }

    [Fact]
    public void A_rejection_cancels_the_execution_and_keeps_the_comment()
    {
        var (stage, id) = Started("tasks: [{id: s, type: core.flow.Sequential, tasks: [{id: p, type: core.flow.Pause}]}, {id: z, type: test.Work}]");
        stage.Send(id, new Resume(null, Data.Map(), "rejected", "ann", "too dear"));
        Assert.Equal(State.Cancelled, stage[id].State.Current);
        Assert.Equal("too dear", Run(stage, id, "p").Outputs!["comment"]);
        Assert.True(stage[id].IsSettled);
        Assert.Equal("rejected", stage.Effects.Select(e => e.Effect).OfType<CloseWait>().Single().Decision.Outcome);
    }

    [Theory]
    [InlineData("delay: PT1H", "SUCCESS")]
    [InlineData("pauseDuration: PT1H, behavior: WARN", "WARNING")]
    [InlineData("pauseDuration: PT1H, behavior: FAIL", "FAILED")]
    [InlineData("pauseDuration: PT1H, behavior: CANCEL", "CANCELLED")]
    [InlineData("timeout: PT1H", "FAILED")]
    public void A_pause_nobody_answers_ends_as_it_says(string fields, string expected)
    {
        var (stage, id) = Started($"tasks: [{{id: p, type: core.flow.Pause, {fields}}}, {{id: z, type: test.Work}}]");
        var end = stage.RunToEnd(id);
        Assert.Equal((expected, TimeSpan.FromHours(1)), (end.State.Current.Word, end.State.Duration!.Value));
    }

    [Fact]
    public void An_answered_pause_does_not_hear_its_timer()
    {
        var (stage, id) = Started("tasks: [{id: p, type: core.flow.Pause, timeout: PT1H, tasks: [{id: c, type: test.Work}]}]");
        stage.Send(id, new Resume(null, Data.Map(), "approved", "ann", null));
        stage.Wait(TimeSpan.FromHours(2));
        Assert.Equal(State.Running, Run(stage, id, "p").State.Current);
        Assert.Equal(State.Success, stage.RunToEnd(id).State.Current);
    }

    [Fact]
    public void One_paused_branch_does_not_pause_the_others()
    {
        var (stage, id) = Started("tasks: [{id: p, type: core.flow.Parallel, tasks: [{id: wait, type: core.flow.Pause}, {id: a, type: test.Work}]}]");
        Assert.Equal(State.Running, stage[id].State.Current);
        stage.RunWork();
        Assert.Equal(State.Paused, stage[id].State.Current);
        stage.Send(id, new Resume(null, Data.Map(), "approved", null, null));
        Assert.Equal(State.Success, stage[id].State.Current);
    }

    [Fact]
    public void An_execution_held_by_a_person_finishes_what_runs_and_begins_nothing()
    {
        var (stage, id) = Started("tasks: [{id: a, type: test.Work}, {id: b, type: test.Work}]");
        stage.Send(id, new Pause("ann"));
        stage.RunWork();
        Assert.Equal((State.Paused, State.Success), (stage[id].State.Current, Run(stage, id, "a").State.Current));
        Assert.Single(stage[id].TaskRuns);
        stage.Send(id, new Resume(null, Data.Map(), "approved", "ann", null));
        Assert.Equal(State.Success, stage.RunToEnd(id).State.Current);
        Assert.Equal("not_running", stage.Give(id, new Pause("ann")).Refusal!.Code);
    }

    [Fact]
    public void What_looks_outside_waits_for_an_answer_and_never_asks_twice()
    {
        var asked = new List<string>();
        var flow = Harness.Flows.Of("tasks:\n- id: c\n  type: core.flow.If\n  condition: \"{{ kv('x') == 1 }}\"\n  then: [{id: yes, type: test.Work}]");
        var stage = new Stage(flow) { Outside = text => { asked.Add(text); return true; } };
        var end = stage.RunToEnd(stage.Start(flow));
        Assert.Equal(["c", "yes"], end.TaskRuns.Select(r => r.TaskId));
        Assert.Equal(["{{ kv('x') == 1 }}"], asked);
    }

    [Fact]
    public void Breakpoints_stop_before_a_task_and_let_it_pass()
    {
        var flow = Harness.Flows.Of("tasks: [{id: a, type: test.Work}, {id: b, type: test.Work}, {id: c, type: test.Work}]");
        var stage = new Stage(flow);
        var id = stage.Start(flow, null, new NewExecution("one") { Breakpoints = ["b"] });
        stage.RunWork();
        Assert.Equal((State.Breakpoint, State.Breakpoint), (stage[id].State.Current, Run(stage, id, "b").State.Current));
        stage.Send(id, new PassBreakpoint(["c"], "ann"));
        stage.RunWork();
        Assert.Equal(State.Breakpoint, Run(stage, id, "c").State.Current);
        stage.Send(id, new PassBreakpoint([], "ann"));
        Assert.Equal(State.Success, stage.RunToEnd(id).State.Current);
        Assert.Equal("not_at_breakpoint", stage.Give(id, new PassBreakpoint([], "ann")).Refusal!.Code);
    }
}
