using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Tests.Harness;
using FlowApps.Expressions;

namespace FlowApps.Engine.Tests;

public sealed class VariableTests
{
    private static readonly ExpressionEngine Engine = new(new ExpressionOptions());

    private static readonly Flow Nested = Harness.Flows.Of("""
        variables: {colour: red}
        labels: {team: blue}
        tasks:
        - {id: first, type: test.Work}
        - id: outer
          type: core.flow.ForEach
          values: [a, b]
          tasks:
          - {id: one, type: test.Work}
          - id: inner
            type: core.flow.ForEach
            values: [x, y]
            tasks:
            - {id: two, type: test.Work}
            - id: group
              type: core.flow.Sequential
              tasks: [{id: three, type: test.Work}]
        """);

    /// <summary>Renders a text for the run of a task (with its values, outermost first), or for the execution.</summary>
    private static string Render(string text, string? task = null, string? values = null, RunSettings? settings = null)
    {
        var stage = new Stage(Nested) { Worker = (_, run, _, _) => TaskOutcome.Success(("n", $"{run.TaskId}-{run.Value}")) };
        var end = stage.RunToEnd(stage.Start(Nested));
        var found = task is null ? null : end.TaskRuns.First(r => r.TaskId == task && (values is null || string.Concat(end.TaskRuns.WithAncestors(r).Reverse().Select(a => a.Value)) == values));
        return Engine.Render(text, new Scope(Variables.Of(Nested, end, found, settings ?? new RunSettings())));
    }

    [Theory]
    [InlineData("{{ outputs.first.n }}", "first-")]
    [InlineData("{{ outputs.one.a.n }} {{ outputs.one['b'].n }}", "one-a one-b")]
    [InlineData("{{ outputs.two.a.x.n }}", "two-x")]
    [InlineData("{{ outputs.three.b.y.n }}", "three-")]
    [InlineData("{{ outputs.three.b }}", "{\"x\":{\"n\":\"three-\"},\"y\":{\"n\":\"three-\"}}")]
    [InlineData("{{ outputs.nobody ?? 'none' }} {{ outputs.one.z ?? 'none' }} {{ outputs.outer ?? 'none' }}", "none none none")]
    [InlineData("{{ outputs.two.a | keys }}", "[\"x\",\"y\"]")]
    [InlineData("{{ tasks.first.state }} {{ tasks.two.b.x.state }}", "SUCCESS SUCCESS")]
    [InlineData("{{ vars.colour }} {{ labels.team }} {{ flow.id }} {{ flow.namespace }}", "red blue flow company.team")]
    [InlineData("{{ labels.system.correlationId == execution.id }}", "true")]
    public void Outputs_and_the_rest_are_found_by_their_address(string text, string expected) => Assert.Equal(expected, Render(text));

    [Theory]
    [InlineData("two", "ax", "{{ taskrun.value }} {{ taskrun.iteration }} {{ parent.taskrun.value }} {{ parents | length }}", "x 0 a 1")]
    [InlineData("three", "by", "{{ taskrun.value is defined }} {{ parent.taskrun.value }} {{ parents[1].taskrun.value }}", "false y b")]
    [InlineData("two", "by", "{{ currentEachOutput(outputs.two).n }}", "two-y")]
    [InlineData("first", null, "{{ task.id }} {{ task.type }} {{ taskrun.attemptsCount }} {{ parent is defined }}", "first test.Work 1 false")]
    public void A_task_run_sees_its_value_and_its_parents(string task, string? values, string text, string expected) => Assert.Equal(expected, Render(text, task, values));

    [Fact]
    public void Settings_give_globals_envs_and_the_address() =>
        Assert.Equal("1 2 http://x prod", Render("{{ globals.a }} {{ envs.b }} {{ kestra.url }} {{ kestra.environment }}", null, null,
            new RunSettings { Globals = Data.Map(("a", 1)), Envs = Data.Map(("b", 2)), Url = "http://x", Environment = "prod" }));

    [Fact]
    public void Encrypted_values_are_opened()
    {
        var flow = Harness.Flows.Of("inputs: [{id: pin, type: SECRET}]\ntasks: [{id: a, type: test.Work}]");
        var stage = new Stage(flow) { Worker = (_, _, _, _) => TaskOutcome.Success(("key", Encryption.Wrap("abc"))) };
        var end = stage.RunToEnd(stage.Start(flow, Data.Map(("pin", "1234"))));
        var settings = new RunSettings { Decrypt = text => $"open {text}" };
        Assert.Equal("open 1234 open abc", Engine.Render("{{ inputs.pin }} {{ outputs.a.key }}", new Scope(Variables.Of(flow, end, null, settings))));
    }

    [Fact]
    public void The_errors_branch_sees_what_failed()
    {
        var flow = Harness.Flows.Of("tasks: [{id: a, type: test.Work}]\nerrors: [{id: e, type: test.Work}]");
        var seen = "";
        var stage = new Stage(flow)
        {
            Worker = (task, _, _, variables) =>
            {
                if (task.Id == "e") seen = Engine.Render("{{ error.taskId }}: {{ error.message }}", new Scope(variables));
                return task.Id == "a" ? TaskOutcome.Failed("broken pipe") : TaskOutcome.Success();
            },
        };
        Assert.Equal(State.Failed, stage.RunToEnd(stage.Start(flow)).State.Current);
        Assert.Equal("a: broken pipe", seen);
    }
}
