using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Tests.Harness;

namespace FlowApps.Engine.Tests;

public sealed class FlowableTests
{
    /// <summary>Task ids (with their value) in creation order, and the end state.</summary>
    private static string Play(string body, Func<string, bool>? fails = null, Dictionary<string, object?>? inputs = null)
    {
        var flow = Harness.Flows.Of(body);
        var stage = new Stage(flow) { Worker = (task, run, _, _) => fails?.Invoke(run.Value is null ? task.Id : $"{task.Id}:{run.Value}") == true ? TaskOutcome.Failed("no") : TaskOutcome.Success() };
        var end = stage.RunToEnd(stage.Start(flow, inputs));
        return $"{string.Join(" ", end.TaskRuns.Select(run => run.Value is null ? run.TaskId : $"{run.TaskId}:{run.Value}"))} = {end.State.Current.Word}";
    }

    private static string Work(string id, int indent = 0) => $"{new string(' ', indent)}- {{id: {id}, type: test.Work}}\n";

    [Fact]
    public void Tasks_run_one_after_the_other_and_stop_at_the_first_failure()
    {
        var body = "tasks:\n" + Work("a") + Work("b") + Work("c");
        Assert.Equal("a b c = SUCCESS", Play(body));
        Assert.Equal("a b = FAILED", Play(body, id => id == "b"));
    }

    [Fact]
    public void Parallel_creates_all_at_once_and_waits_for_all_when_one_fails()
    {
        var body = "tasks:\n- id: p\n  type: core.flow.Parallel\n  tasks:\n" + Work("a", 2) + Work("b", 2) + Work("c", 2) + Work("z");
        Assert.Equal("p a b c z = SUCCESS", Play(body));
        Assert.Equal("p a b c = FAILED", Play(body, id => id == "a"));
    }

    [Fact]
    public void Parallel_keeps_to_its_limit()
    {
        var flow = Harness.Flows.Of("tasks:\n- id: p\n  type: core.flow.Parallel\n  concurrent: 2\n  tasks:\n" + Work("a", 2) + Work("b", 2) + Work("c", 2));
        var stage = new Stage(flow);
        var id = stage.Start(flow);
        Assert.Equal(2, stage.Work.Count);
        stage.Report(id, stage.Work[0].TaskRunId, 1);
        Assert.Equal(2, stage.Work.Count);
        Assert.Equal(State.Success, stage.RunToEnd(id).State.Current);
    }

    [Theory]
    [InlineData("true", "choice yes = SUCCESS")]
    [InlineData("1", "choice yes = SUCCESS")]
    [InlineData("0", "choice no = SUCCESS")]
    [InlineData("-0", "choice no = SUCCESS")]
    [InlineData("", "choice no = SUCCESS")]
    [InlineData("{{ missing }}", "choice = FAILED")]
    public void If_takes_the_branch_of_its_condition(string condition, string expected) =>
        Assert.Equal(expected, Play($"tasks:\n- id: choice\n  type: core.flow.If\n  condition: \"{condition}\"\n  then:\n{Work("yes", 2)}  else:\n{Work("no", 2)}"));

    [Fact]
    public void If_without_else_succeeds_without_children_when_false() =>
        Assert.Equal("choice z = SUCCESS", Play($"tasks:\n- id: choice\n  type: core.flow.If\n  condition: \"false\"\n  then:\n{Work("yes", 2)}{Work("z")}"));

    [Theory]
    [InlineData("A", true, "s a1 a2 = SUCCESS")]
    [InlineData("B", true, "s b = SUCCESS")]
    [InlineData("X", true, "s d = SUCCESS")]
    [InlineData("X", false, "s = FAILED")]
    public void Switch_takes_the_case_of_its_value(string value, bool defaults, string expected) =>
        Assert.Equal(expected, Play($"tasks:\n- id: s\n  type: core.flow.Switch\n  value: {value}\n  cases:\n    A:\n{Work("a1", 4)}{Work("a2", 4)}    B:\n{Work("b", 4)}{(defaults ? "  defaults:\n" + Work("d", 2) : "")}"));

    [Theory]
    [InlineData(1, "e a:x b:x a:y b:y z = SUCCESS")]
    [InlineData(0, "e a:x a:y b:x b:y z = SUCCESS")]
    [InlineData(2, "e a:x a:y b:x b:y z = SUCCESS")]
    public void ForEach_runs_its_tasks_in_order_for_each_distinct_value(int limit, string expected) =>
        Assert.Equal(expected, Play($"tasks:\n- id: e\n  type: core.flow.ForEach\n  concurrencyLimit: {limit}\n  values: [x, y, x]\n  tasks:\n{Work("a", 2)}{Work("b", 2)}{Work("z")}"));

    [Fact]
    public void ForEach_reads_values_from_a_rendered_list_and_writes_objects_as_json() =>
        Assert.Equal("e a:1 a:{\"k\":\"v\"} = SUCCESS", Play($"variables:\n  list: [1, {{k: v}}]\ntasks:\n- id: e\n  type: core.flow.ForEach\n  values: \"{{{{ vars.list }}}}\"\n  tasks:\n{Work("a", 2)}"));

    [Fact]
    public void ForEach_stops_at_a_failing_value() =>
        Assert.Equal("e a:x b:x a:y = FAILED", Play($"tasks:\n- id: e\n  type: core.flow.ForEach\n  values: [x, y, z]\n  tasks:\n{Work("a", 2)}{Work("b", 2)}", id => id == "a:y"));

    [Fact]
    public void ForEach_of_nothing_succeeds_and_of_nulls_fails()
    {
        Assert.Equal("e = SUCCESS", Play($"tasks:\n- id: e\n  type: core.flow.ForEach\n  values: []\n  tasks:\n{Work("a", 2)}"));
        Assert.Equal("e = FAILED", Play($"tasks:\n- id: e\n  type: core.flow.ForEach\n  values: '[1, null]'\n  tasks:\n{Work("a", 2)}"));
    }

    [Fact]
    public void EachParallel_creates_all_tasks_of_all_values() =>
        Assert.Equal("e a:x b:x a:y b:y = SUCCESS", Play($"tasks:\n- id: e\n  type: core.flow.EachParallel\n  value: [x, y]\n  tasks:\n{Work("a", 2)}{Work("b", 2)}"));

    [Fact]
    public void Dag_begins_each_task_when_those_it_depends_on_have_ended()
    {
        var flow = Harness.Flows.Of("tasks:\n- id: d\n  type: core.flow.Dag\n  tasks:\n  - {task: {id: a, type: test.Work}}\n  - {task: {id: b, type: test.Work}}\n  - {task: {id: c, type: test.Work}, dependsOn: [a, b]}\n  - {task: {id: x, type: test.Work}, dependsOn: [a]}");
        var stage = new Stage(flow);
        var id = stage.Start(flow);
        stage.Report(id, stage.Work[0].TaskRunId, 1);
        Assert.Equal(["d", "a", "b", "x"], stage[id].TaskRuns.Select(r => r.TaskId));
        Assert.Equal(State.Success, stage.RunToEnd(id).State.Current);
        Assert.Equal(["d", "a", "b", "x", "c"], stage[id].TaskRuns.Select(r => r.TaskId));
    }

    [Fact]
    public void AllowFailure_turns_a_failure_into_a_warning_and_goes_on()
    {
        var body = $"tasks:\n- id: f\n  type: core.flow.AllowFailure\n  tasks:\n{Work("a", 2)}{Work("b", 2)}{Work("z")}";
        Assert.Equal("f a z = WARNING", Play(body, id => id == "a"));
        Assert.Equal("f a b z = SUCCESS", Play(body));
    }

    [Fact]
    public void Errors_run_locally_first_then_those_of_the_flow_and_finally_last()
    {
        var body = $"tasks:\n- id: s\n  type: core.flow.Sequential\n  tasks:\n{Work("a", 2)}  errors:\n{Work("local", 2)}  finally:\n{Work("tidy", 2)}{Work("z")}errors:\n{Work("global")}finally:\n{Work("end")}afterExecution:\n{Work("after")}";
        Assert.Equal("s a local tidy global end after = FAILED", Play(body, id => id == "a"));
        Assert.Equal("s a tidy z end after = SUCCESS", Play(body));
    }

    [Fact]
    public void Disabled_tasks_are_as_if_absent() =>
        Assert.Equal("a s z = SUCCESS", Play($"tasks:\n{Work("a")}- {{id: off, type: test.Work, disabled: true}}\n- id: s\n  type: core.flow.Sequential\n  tasks:\n  - {{id: b, type: test.Work, disabled: true}}\n{Work("z")}"));

    [Theory]
    [InlineData("false", "SKIPPED", "SUCCESS")]
    [InlineData("{{ 1 == 1 }}", "SUCCESS", "SUCCESS")]
    [InlineData("{{ nothing }}", "FAILED", "FAILED")]
    public void RunIf_skips_runs_or_fails(string condition, string run, string end)
    {
        var flow = Harness.Flows.Of($"tasks:\n- {{id: a, type: test.Work, runIf: \"{condition}\"}}");
        var stage = new Stage(flow);
        var execution = stage.RunToEnd(stage.Start(flow));
        Assert.Equal((run, end), (execution.TaskRuns.Single().State.Current.Word, execution.State.Current.Word));
    }

    [Fact]
    public void AllowFailure_and_allowWarning_soften_a_failed_task()
    {
        Assert.Equal("a z = WARNING", Play($"tasks:\n- {{id: a, type: test.Work, allowFailure: true}}\n{Work("z")}", id => id == "a"));
        Assert.Equal("a z = SUCCESS", Play($"tasks:\n- {{id: a, type: test.Work, allowFailure: true, allowWarning: true}}\n{Work("z")}", id => id == "a"));
        Assert.Equal("a = FAILED", Play($"tasks:\n- {{id: a, type: test.Work, allowWarning: true}}\n{Work("z")}", id => id == "a"));
    }

    [Fact]
    public void LoopUntil_repeats_until_the_condition_holds()
    {
        var flow = Harness.Flows.Of($"tasks:\n- id: w\n  type: core.flow.LoopUntil\n  condition: \"{{{{ outputs.a.n == 3 }}}}\"\n  tasks:\n{Work("a", 2)}");
        var stage = new Stage(flow);
        stage.Worker = (_, _, _, variables) => TaskOutcome.Success(("n", ((IReadOnlyDictionary<string, object?>)((IReadOnlyDictionary<string, object?>)variables["outputs"]!)["w"]!)["iterationCount"]));
        var end = stage.RunToEnd(stage.Start(flow));
        Assert.Equal(State.Success, end.State.Current);
        Assert.Equal(3, end.TaskRuns.First().Outputs!["iterationCount"]);
        Assert.Equal(["w", "a"], end.TaskRuns.Select(r => r.TaskId));
        Assert.Equal(TimeSpan.FromMinutes(2), end.State.Duration);
    }

    [Theory]
    [InlineData(true, State.Failed)]
    [InlineData(false, State.Success)]
    public void LoopUntil_stops_at_its_maximum(bool fail, State expected)
    {
        var flow = Harness.Flows.Of($"tasks:\n- id: w\n  type: core.flow.LoopUntil\n  condition: \"false\"\n  failOnMaxReached: {(fail ? "true" : "false")}\n  checkFrequency: {{maxIterations: 5, interval: PT1S}}\n  tasks:\n{Work("a", 2)}");
        var stage = new Stage(flow);
        var rounds = 0;
        stage.Worker = (_, _, _, _) => { rounds++; return TaskOutcome.Success(); };
        Assert.Equal(expected, stage.RunToEnd(stage.Start(flow)).State.Current);
        Assert.Equal(5, rounds);
    }

    [Fact]
    public void WorkingDirectory_prepares_before_and_collects_after_its_tasks()
    {
        var flow = Harness.Flows.Of($"tasks:\n- id: w\n  type: core.flow.WorkingDirectory\n  tasks:\n{Work("a", 2)}{Work("b", 2)}");
        var stage = new Stage(flow);
        var end = stage.RunToEnd(stage.Start(flow));
        Assert.Equal(State.Success, end.State.Current);
        Assert.Equal(["PrepareDirectory", "RunTask", "RunTask", "CollectDirectory"], stage.Effects.Select(e => e.Effect.GetType().Name).Where(n => n is "PrepareDirectory" or "RunTask" or "CollectDirectory"));
        Assert.True(end.TaskRuns.First().Outputs!.ContainsKey("outputFiles"));
    }

    [Fact]
    public void Sleep_holds_a_timer_and_no_worker()
    {
        var flow = Harness.Flows.Of("tasks:\n- {id: s, type: core.flow.Sleep, duration: PT5M}");
        var stage = new Stage(flow);
        var id = stage.Start(flow);
        Assert.Empty(stage.Work);
        var end = stage.RunToEnd(id);
        Assert.Equal((State.Success, TimeSpan.FromMinutes(5)), (end.State.Current, end.State.Duration!.Value));
        Assert.Equal([State.Created, State.Running, State.Success], end.TaskRuns.Single().State.Histories.Select(h => h.State));
    }
}
