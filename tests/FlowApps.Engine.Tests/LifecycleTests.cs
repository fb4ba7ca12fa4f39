using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Tests.Harness;

namespace FlowApps.Engine.Tests;

public sealed class LifecycleTests
{
    private static readonly Answer AllFail = (_, _, _, _) => TaskOutcome.Failed("no");

    private static string Histories(StateTrail trail) => string.Join(" ", trail.Histories.Select(h => h.State.Word));

    private static (Stage Stage, string Id) Started(string body, Answer? worker = null, IReadOnlyDictionary<string, object?>? inputs = null)
    {
        var flow = Harness.Flows.Of(body);
        var stage = new Stage(flow) { Worker = worker };
        return (stage, stage.Start(flow, inputs));
    }

    private static TaskRun Run(Stage stage, string id, string taskId) => stage[id].TaskRuns.Single(r => r.TaskId == taskId);

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
    public void A_lost_worker_hands_the_same_attempt_out_again()
    {
        var (stage, id) = Started("tasks: [{id: a, type: test.Work}]");
        var run = Run(stage, id, "a").Id;
        stage.Give(id, new TaskStarted(run, 1, "w", stage.Now));
        var decision = stage.Give(id, new WorkerLost(run, 1));
        Assert.Equal(new RunTask(run, 1), decision.Effects.Single());
        Assert.Single(stage.RunToEnd(id).TaskRuns.Single().Attempts);
    }

    [Theory]
    [InlineData("{type: constant, interval: PT10S, maxAttempts: 3}", 3, 20)]
    [InlineData("{type: exponential, interval: PT10S, maxInterval: PT1M, maxAttempts: 4}", 4, 0 + 20 + 40)]
    [InlineData("{type: constant, interval: PT2S, maxDuration: PT6S}", 3, 4)]
    public void A_failed_task_is_tried_again_as_its_retry_says(string retry, int attempts, int seconds)
    {
        var (stage, id) = Started($"tasks: [{{id: a, type: test.Work, retry: {retry}}}]", AllFail);
        stage.RunWork();
        Assert.Equal((State.Retrying, State.Retrying), (stage[id].State.Current, Run(stage, id, "a").State.Current));
        var end = stage.RunToEnd(id);
        Assert.Equal((State.Failed, attempts, TimeSpan.FromSeconds(seconds)), (end.State.Current, Run(stage, id, "a").Attempts.Count, end.State.Duration!.Value));
    }

    [Fact]
    public void A_random_retry_stays_within_its_range()
    {
        var (stage, id) = Started("tasks: [{id: a, type: test.Work, retry: {type: random, minInterval: PT10S, maxInterval: PT20S, maxAttempts: 20}}]", AllFail);
        var end = stage.RunToEnd(id);
        var starts = Run(stage, id, "a").Attempts.Select(a => a.State.StartDate).ToList();
        Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalSeconds, 10, 20));
        Assert.True(starts.Zip(starts.Skip(1)).Select(p => p.Second - p.First).Distinct().Count() > 10);
        Assert.Equal(20, starts.Count);
        Assert.Equal(State.Failed, end.State.Current);
    }

    [Fact]
    public void The_retry_of_an_ancestor_or_the_flow_holds_for_tasks_without_one()
    {
        var (stage, id) = Started("retry: {type: constant, interval: PT1S, maxAttempts: 5}\ntasks: [{id: s, type: core.flow.Sequential, retry: {type: constant, interval: PT1S, maxAttempts: 2}, tasks: [{id: a, type: test.Work, allowFailure: true}]}, {id: b, type: test.Work}]", AllFail);
        stage.RunToEnd(id);
        Assert.Equal((2, 5), (Run(stage, id, "a").Attempts.Count, Run(stage, id, "b").Attempts.Count));
    }

    [Fact]
    public void Errors_wait_until_no_retry_is_pending()
    {
        var (stage, id) = Started("tasks: [{id: a, type: test.Work, retry: {type: constant, interval: PT10S, maxAttempts: 2}}]\nerrors: [{id: e, type: test.Work}]", (task, _, _, _) => task.Id == "a" ? TaskOutcome.Failed("no") : TaskOutcome.Success());
        stage.RunWork();
        Assert.DoesNotContain(stage[id].TaskRuns, r => r.TaskId == "e");
        Assert.Equal(State.Success, stage.RunToEnd(id).TaskRuns.Single(r => r.TaskId == "e").State.Current);
    }

    [Fact]
    public void WarningOnRetry_warns_from_the_third_attempt_on()
    {
        Answer third = (_, _, attempt, _) => attempt < 3 ? TaskOutcome.Failed("no") : TaskOutcome.Success();
        var (stage, id) = Started("tasks: [{id: a, type: test.Work, retry: {type: constant, interval: PT1S, maxAttempts: 4, warningOnRetry: true}}]", third);
        Assert.Equal(State.Warning, stage.RunToEnd(id).State.Current);
    }

    [Fact]
    public void Retry_as_a_new_execution_ends_this_one_retried_and_the_last_one_failed()
    {
        var (stage, id) = Started("retry: {type: constant, interval: PT10S, maxAttempts: 3, behavior: CREATE_NEW_EXECUTION}\ntasks: [{id: s, type: core.flow.Sequential, tasks: [{id: a, type: test.Work}]}]", AllFail);
        while (stage.RingNext() || stage.Work.Count > 0) stage.RunWork();
        Assert.Equal(["RETRIED", "RETRIED", "FAILED"], stage.Executions.Select(e => e.State.Current.Word));
        Assert.All(stage.Executions.Skip(1), e => Assert.Equal(id, e.OriginalId));
        Assert.Equal([1, 2, 3], stage.Executions.Select(e => e.AttemptNumber));
        Assert.All(stage[id].TaskRuns, r => Assert.Equal(State.Retried, r.State.Current));
    }

    [Fact]
    public void A_task_that_takes_too_long_fails_and_its_worker_is_stopped()
    {
        var (stage, id) = Started("tasks: [{id: a, type: test.Work, timeout: PT1M}]");
        stage.Give(id, new TaskStarted(Run(stage, id, "a").Id, 1, "w", stage.Now));
        stage.RingNext();
        Assert.Equal((State.Failed, State.Failed), (stage[id].State.Current, Run(stage, id, "a").Attempts[0].State.Current));
        Assert.Contains(stage.Effects, e => e.Effect is CancelWork);
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
    public void Restart_runs_what_failed_again_and_keeps_what_succeeded()
    {
        var fail = true;
        var (stage, id) = Started("tasks: [{id: a, type: test.Work}, {id: s, type: core.flow.Sequential, tasks: [{id: b, type: test.Work}], errors: [{id: e, type: test.Work}]}]", (task, _, _, _) => fail && task.Id == "b" ? TaskOutcome.Failed("no") : TaskOutcome.Success());
        Assert.Equal(State.Failed, stage.RunToEnd(id).State.Current);
        fail = false;
        var decision = stage.Give(id, new Restart("ann"));
        Assert.Equal((State.Restarted, 4, 3), (decision.State.State.Current, decision.State.State.Histories.Count, decision.State.TaskRuns.Count));
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

    [Fact]
    public void Listeners_run_after_the_end_and_change_it_no_more()
    {
        var (stage, id) = Started("listeners:\n- conditions: [{type: core.condition.ExecutionStatus, in: [SUCCESS]}]\n  tasks: [{id: l1, type: test.Work}]\n- conditions: [{type: core.condition.ExecutionStatus, in: [FAILED]}]\n  tasks: [{id: l2, type: test.Work}]\ntasks: [{id: a, type: test.Work}]",
            (task, _, _, _) => task.Id == "l1" ? TaskOutcome.Failed("no") : TaskOutcome.Success());
        var end = stage.RunToEnd(id);
        Assert.Equal((State.Success, "a l1"), (end.State.Current, string.Join(" ", end.TaskRuns.Select(r => r.TaskId))));
    }

    [Fact]
    public void Variables_set_by_a_task_are_roots_for_the_next()
    {
        object? seen = null;
        var (stage, id) = Started("tasks: [{id: a, type: test.Work}, {id: b, type: test.Work}]", (task, _, _, variables) =>
        {
            if (task.Id == "b") seen = variables["colour"];
            return task.Id == "a" ? TaskOutcome.Success() with { Changes = [new SetVariables(Data.Map(("colour", "red")))] } : TaskOutcome.Success();
        });
        stage.RunToEnd(id);
        Assert.Equal("red", seen);
    }

    [Fact]
    public void A_runaway_flow_ends_as_failed()
    {
        var flow = Harness.Flows.Of("tasks: [{id: w, type: core.flow.LoopUntil, condition: \"false\", checkFrequency: {interval: PT0S}, tasks: [{id: i, type: core.flow.If, condition: \"false\", then: [{id: a, type: test.Work}]}]}]");
        var stage = new Stage(flow) { Verify = false };
        var id = stage.Start(flow);
        for (var i = 0; i < 50 && stage.RingNext(); i++) { }
        Assert.Equal(State.Paused, stage[id].State.Current);
        var many = Harness.Flows.Of("tasks: [{id: e, type: core.flow.ForEach, concurrencyLimit: 0, values: \"{{ range(1, 2000) }}\", tasks: [{id: a, type: test.Work}]}]");
        stage = new Stage(many) { Verify = false, Decider = new ExecutionDecider(new Expressions.ExpressionEngine(new Expressions.ExpressionOptions()), new EngineOptions { StepCeiling = 1_000 }) };
        id = stage.Start(many);
        Assert.Equal(State.Failed, stage[id].State.Current);
        Assert.Contains("steps", stage[id].Error!);
    }
}
