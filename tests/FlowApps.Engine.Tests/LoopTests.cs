using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Tests.Harness;

namespace FlowApps.Engine.Tests;

public sealed class LoopTests
{
    /// <summary>A worker that answers with its own loop item, or fails where told.</summary>
    private static (Stage Stage, Flow Flow) Looping(string loop, Func<string, bool>? fails = null, List<string>? seen = null, string before = "", string after = "")
    {
        var flow = Harness.Flows.Of($"{before}tasks:\n- id: l\n  type: core.flow.Loop\n{loop}{after}");
        return (new Stage(flow)
        {
            Worker = (task, run, _, variables) =>
            {
                var item = Item(variables);
                seen?.Add($"{task.Id}:{(item is null ? "" : Data.Write(item))}");
                return item is not null && fails?.Invoke($"{task.Id}:{((IReadOnlyDictionary<string, object?>)item)["value"]}") == true
                    ? TaskOutcome.Failed("no") : TaskOutcome.Success(("value", $"{task.Id}-{(item as IReadOnlyDictionary<string, object?>)?["value"]}"));
            },
        }, flow);
    }

    private static object? Item(IReadOnlyDictionary<string, object?> variables) => variables.TryGetValue("item", out var item) ? item is Func<object?> lazy ? lazy() : item : null;

    private static (Execution Execution, IReadOnlyDictionary<string, object?> Outputs) Run(Stage stage, Flow flow)
    {
        var end = stage.RunToEnd(stage.Start(flow));
        return (end, end.TaskRuns.Single(run => run.TaskId == "l").Outputs!);
    }

    [Fact]
    public void Items_have_place_and_key_and_are_text()
    {
        var seen = new List<string>();
        var (stage, flow) = Looping("  values: {north: 1, south: [2]}\n  tasks: [{id: a, type: test.Work}]\n", seen: seen);
        Assert.Equal(State.Success, Run(stage, flow).Execution.State.Current);
        Assert.Equal(["""a:{"value":"1","index":0,"key":"north"}""", """a:{"value":"[2]","index":1,"key":"south"}"""], seen);
    }

    [Fact]
    public void Nested_loops_know_the_items_around_them()
    {
        var seen = new List<string>();
        var (stage, flow) = Looping("  concurrencyLimit: 1\n  values: [x]\n  tasks:\n  - id: m\n    type: core.flow.Loop\n    values: [y]\n    tasks:\n    - id: i\n      type: core.flow.If\n      condition: \"{{ item.parent.value == 'x' }}\"\n      then: [{id: a, type: test.Work}]\n", seen: seen);
        Assert.Equal(State.Success, Run(stage, flow).Execution.State.Current);
        Assert.Equal(["""a:{"value":"y","index":0,"parent":{"value":"x","index":0},"parents":[{"value":"x","index":0}]}"""], seen);
    }

    [Fact]
    public void All_iterations_begin_at_once_unless_limited()
    {
        var (all, flow) = Looping("  values: [x, y, z]\n  tasks: [{id: a, type: test.Work}]\n");
        all.Start(flow);
        Assert.Equal(3, all.Work.Count);
        var (two, limited) = Looping("  values: [x, y, z]\n  concurrencyLimit: 2\n  tasks: [{id: a, type: test.Work}]\n");
        two.Start(limited);
        Assert.Equal(2, two.Work.Count);
    }

    [Fact]
    public void Outputs_of_an_iteration_are_its_own_and_found_outside_only_where_declared()
    {
        var (stage, flow) = Looping("""
              values: [x, y]
              outputs: [{id: both, type: STRING, value: "{{ outputs.a.value }}+{{ outputs.b.value }}"}]
              tasks: [{id: a, type: test.Work}, {id: b, type: test.Work}]

            """, after: """
            outputs:
            - {id: all, type: JSON, value: "{{ loopOutputs(outputs.l.outputs, 'both') }}"}
            - {id: count, type: INT, value: "{{ outputs.l.iterationCount }}"}
            - {id: first, type: JSON, value: "{{ outputs.l.outputs[0].item }}"}
            - {id: outside, type: STRING, value: "{{ outputs.a is defined }}"}
            """);
        var (end, outputs) = Run(stage, flow);
        Assert.Equal("""{"all":["a-x+b-x","a-y+b-y"],"count":2,"first":{"value":"x","iteration":0},"outside":"false"}""", Data.Write(end.Outputs));
        Assert.Equal("""{"SUCCESS":2}""", Data.Write(outputs["terminatedIterations"]));
    }

    [Fact]
    public void A_failed_iteration_fails_the_loop_and_no_other_begins()
    {
        var (stage, flow) = Looping("  values: [x, y, z]\n  concurrencyLimit: 1\n  tasks: [{id: a, type: test.Work}]\n", fails: id => id == "a:y");
        var (end, outputs) = Run(stage, flow);
        Assert.Equal(State.Failed, end.State.Current);
        Assert.Equal("""{"SUCCESS":1,"FAILED":1}""", Data.Write(outputs["terminatedIterations"]));
    }

    [Fact]
    public void A_failed_iteration_leaves_the_others_alone_when_failures_are_not_transmitted()
    {
        var (stage, flow) = Looping("  values: [x, y, z]\n  concurrencyLimit: 1\n  transmitFailed: false\n  outputs: [{id: v, type: STRING, value: \"{{ outputs.a.value }}\"}]\n  tasks: [{id: a, type: test.Work}]\n", fails: id => id == "a:y");
        var (end, outputs) = Run(stage, flow);
        Assert.Equal(State.Success, end.State.Current);
        Assert.Equal("""{"SUCCESS":2,"FAILED":1}""", Data.Write(outputs["terminatedIterations"]));
        Assert.Equal("""[{"item":{"value":"x","iteration":0},"outputs":{"v":"a-x"}},{"item":{"value":"z","iteration":2},"outputs":{"v":"a-z"}}]""", Data.Write(outputs["outputs"]));
    }

    [Fact]
    public void Errors_and_finally_belong_to_each_iteration()
    {
        var seen = new List<string>();
        var (stage, flow) = Looping("  values: [x, y]\n  concurrencyLimit: 1\n  transmitFailed: false\n  tasks: [{id: a, type: test.Work}]\n  errors: [{id: e, type: test.Work}]\n  finally: [{id: f, type: test.Work}]\n", fails: id => id == "a:x", seen: seen);
        Run(stage, flow);
        Assert.Equal(["a 0", "e 0", "f 0", "a 1", "f 1"], seen.Select(entry => $"{entry[0]} {Data.Write(((IReadOnlyDictionary<string, object?>)Data.Parse(entry[2..])!)["index"])}"));
    }

    [Theory]
    [InlineData("{{ iteration.outputs.v == 'a-y' }}", 2)]
    [InlineData("{{ item.index == 0 }}", 1)]
    [InlineData("{{ iteration.state == 'FAILED' }}", 3)]
    [InlineData("{{ false }}", 4)]
    public void The_loop_breaks_after_the_iteration_that_says_so(string condition, int iterations)
    {
        var (stage, flow) = Looping($"  values: [w, y, z, z]\n  concurrencyLimit: 1\n  transmitFailed: false\n  breakWhen: \"{condition}\"\n  outputs: [{{id: v, type: STRING, value: \"{{{{ outputs.a.value }}}}\"}}]\n  tasks: [{{id: a, type: test.Work}}]\n", fails: id => id == "a:z");
        var (end, _) = Run(stage, flow);
        Assert.Equal(State.Success, end.State.Current);
        Assert.Equal(iterations, end.TaskRuns.Count(run => run.TaskId == "a"));
    }

    [Fact]
    public void The_lines_of_a_file_are_items_and_what_they_give_is_stored_as_a_file()
    {
        var seen = new List<string>();
        var (stage, flow) = Looping("  values: kestra:///a/lines.txt\n  outputs: [{id: v, type: STRING, value: \"{{ outputs.a.value }}\"}]\n  tasks: [{id: a, type: test.Work}]\n", seen: seen);
        stage.Outside = expression => expression == "{{ read('kestra:///a/lines.txt') }}" ? "plain words\n{name:\"x\"}\n\n" : null;
        var id = stage.Start(flow);
        stage.RunWork();
        Assert.Contains("""a:{"value":"{\"name\":\"x\"}","index":1}""", seen);
        Assert.Contains("""a:{"value":"plain words","index":0}""", seen);
        Assert.Contains("l.store", stage[id].TaskRuns.Select(run => run.TaskId));
        Assert.False(stage[id].TaskRuns.Single(run => run.TaskId == "l").Outputs!.ContainsKey("outputs"));
    }

    [Theory]
    [InlineData("values: [1, null]")]
    [InlineData("values: '{{ 5 }}'")]
    [InlineData("values: '{{ \"no list\" }}'")]
    public void What_is_no_list_fails_the_loop_and_says_so(string values)
    {
        var (stage, flow) = Looping($"  {values}\n  tasks: [{{id: a, type: test.Work}}]\n");
        var end = stage.RunToEnd(stage.Start(flow));
        Assert.Equal(State.Failed, end.State.Current);
        Assert.Contains("values", end.TaskRuns.First().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replay_from_one_iteration_keeps_what_the_others_gave()
    {
        var (stage, flow) = Looping("  values: [x, y]\n  outputs: [{id: v, type: STRING, value: \"{{ outputs.a.value }}\"}]\n  tasks: [{id: a, type: test.Work}]\n");
        var (end, _) = Run(stage, flow);
        var again = stage.Begin(stage.Decider.Replay(flow, end, end.TaskRuns.Last(run => run.TaskId == "a").Id, null, null, stage.Moment));
        stage.Send(again, new Advance());
        Assert.Single(stage.Work);
        var replayed = stage.RunToEnd(again);
        Assert.Equal(State.Success, replayed.State.Current);
        Assert.Equal("""[{"item":{"value":"x","iteration":0},"outputs":{"v":"a-x"}},{"item":{"value":"y","iteration":1},"outputs":{"v":"a-y"}}]""", Data.Write(replayed.TaskRuns.Single(run => run.TaskId == "l").Outputs!["outputs"]));
    }
}
