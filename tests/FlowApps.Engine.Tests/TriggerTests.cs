using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Triggers;
using FlowApps.Expressions;

namespace FlowApps.Engine.Tests;

public sealed class TriggerTests
{
    private static readonly TriggerContexts Contexts = new(new ExpressionEngine(new ExpressionOptions()), new RunSettings());
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private static Flow Listening(string trigger) => Harness.Flows.Of($"variables: {{v: 1}}\ntasks: [{{id: a, type: test.Work}}]\ntriggers:\n- id: t\n  type: core.trigger.Flow\n{trigger}");

    private static Execution Upstream(string flowId, State state, string ns = "up.stream") => new()
    {
        Id = $"of-{flowId}",
        Namespace = ns,
        FlowId = flowId,
        FlowRevision = 3,
        State = StateTrail.Start(state, Now),
        Labels = [new Label("some", "label")],
        Outputs = Data.Map(("n", 7)),
    };

    private static bool Looks(Flow flow, Execution upstream) =>
        ((FlowTrigger)flow.Triggers[0]).Looks(flow, upstream, Contexts.ConditionsFor(flow, upstream, FlowTrigger.VariablesFor(upstream), Now));

    [Fact]
    public void A_flow_trigger_looks_at_end_states_of_other_flows()
    {
        var flow = Listening("  conditions: [{type: core.condition.ExecutionNamespace, namespace: up, comparison: PREFIX}]");
        Assert.True(Looks(flow, Upstream("x", State.Success)));
        Assert.False(Looks(flow, Upstream("x", State.Running)));
        Assert.False(Looks(flow, Upstream("x", State.Success, "elsewhere")));
        Assert.False(Looks(flow, Upstream("flow", State.Success, "company.team")));
        Assert.False(Looks(flow with { Disabled = true }, Upstream("x", State.Success)));
        Assert.True(Looks(Listening("  states: [PAUSED]"), Upstream("x", State.Paused)));
    }

    [Fact]
    public void Inputs_and_labels_of_a_trigger_are_rendered_with_what_caused_it()
    {
        var flow = Listening("  inputs: {n: \"{{ trigger.outputs.n }}\", from: \"{{ trigger.flowId }}\"}\n  labels: {a: \"{{ labels.some }}\", b: \"{{ nobody }}\", c: \"{{ null }}\"}");
        var upstream = Upstream("x", State.Success);
        var scope = Contexts.ScopeFor(flow, upstream, FlowTrigger.VariablesFor(upstream));
        Assert.Equal("""{"n":7,"from":"x"}""", Data.Write(Contexts.InputsFor(flow.Triggers[0], scope)));
        Assert.Equal("a=label c=", string.Join(" ", Contexts.LabelsFor(flow.Triggers[0], scope).Select(l => $"{l.Key}={l.Value}")));
    }

    [Fact]
    public void Preconditions_are_met_by_several_executions_within_their_window()
    {
        var flow = Listening("""
              preconditions:
                id: both
                timeWindow: {type: SLIDING_WINDOW, window: PT1H}
                flows: [{namespace: up.stream, flowId: a, states: [SUCCESS]}]
                where:
                - id: b
                  filters:
                  - {field: FLOW_ID, type: EQUAL_TO, value: b}
                  - {field: EXPRESSION, type: IS_TRUE, value: "{{ labels.some == 'label' }}"}
            """);
        var (window, complete) = Note(flow, new MultipleWindow(), Upstream("a", State.Success), Now);
        Assert.False(complete);
        Assert.False(Note(flow, window, Upstream("a", State.Success), Now).Complete);
        Assert.False(Note(flow, window, Upstream("b", State.Success), Now.AddHours(2)).Complete);
        (window, complete) = Note(flow, window, Upstream("b", State.Success), Now.AddMinutes(30));
        Assert.True(complete);
        Assert.False(Note(flow, window, Upstream("b", State.Success), Now.AddMinutes(31)).Complete);
    }

    [Fact]
    public void A_multiple_condition_waits_for_all_of_its_parts()
    {
        var flow = Listening("  conditions:\n  - id: m\n    type: core.condition.MultipleCondition\n    window: P1D\n    conditions:\n      a: {type: core.condition.ExecutionFlow, namespace: up.stream, flowId: a}\n      b: {type: core.condition.ExecutionFlow, namespace: up.stream, flowId: b}");
        var (window, complete) = Note(flow, new MultipleWindow(), Upstream("a", State.Success), Now);
        Assert.False(complete);
        Assert.True(Note(flow, window, Upstream("b", State.Success), Now.AddMinutes(1)).Complete);
    }

    [Theory]
    [InlineData("{type: DAILY_TIME_DEADLINE, deadline: \"10:00:00\"}", "2026-03-01T09:00:00Z", true)]
    [InlineData("{type: DAILY_TIME_DEADLINE, deadline: \"10:00:00\"}", "2026-03-01T10:00:00Z", false)]
    [InlineData("{type: DAILY_TIME_WINDOW, startTime: \"09:30:00\", endTime: \"10:00:00\"}", "2026-03-01T09:00:00Z", false)]
    [InlineData("{type: DAILY_TIME_WINDOW, startTime: \"09:30:00\", endTime: \"10:00:00\"}", "2026-03-01T09:45:00Z", true)]
    [InlineData("{window: PT1H, windowAdvance: PT30M}", "2026-03-01T09:45:00Z", true)]
    public void A_window_is_open_when_it_says(string window, string at, bool open)
    {
        var flow = Listening($"  preconditions: {{id: p, timeWindow: {window}, flows: [{{namespace: n}}]}}");
        Assert.Equal(open, ((FlowTrigger)flow.Triggers[0]).Preconditions!.TimeWindow.At(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)) is not null);
    }

    [Fact]
    public void A_webhook_gives_its_body_headers_and_parameters()
    {
        var lists = new Dictionary<string, IReadOnlyList<string>> { ["age"] = ["12", "13"] };
        Assert.Equal("""{"body":{"a":1},"headers":{"age":["12","13"]},"parameters":{}}""", Data.Write(Webhook.VariablesFor("{\"a\":1}", lists, new Dictionary<string, IReadOnlyList<string>>())));
        Assert.Equal("bla", Webhook.VariablesFor("bla", lists, lists)["body"]);
        Assert.Equal("12", Webhook.VariablesFor("12", lists, lists)["body"]);
        Assert.False(Webhook.VariablesFor("", lists, lists).ContainsKey("body"));
        Assert.True(Webhook.KeyMatches("secret", "secret"));
        Assert.False(Webhook.KeyMatches("secret", "secre"));
    }

    [Fact]
    public void A_listener_named_at_the_wrong_place_is_not_met() =>
        Assert.Empty(((FlowTrigger)Listening("  preconditions: {id: p, flows: [{namespace: up.stream, flowId: a, states: [FAILED]}]}").Triggers[0]).Preconditions!.Met(Upstream("a", State.Success), Contexts.ConditionsFor(Listening(""), Upstream("a", State.Success), Data.Map(), Now)));

    private static (MultipleWindow Window, bool Complete) Note(Flow flow, MultipleWindow before, Execution upstream, DateTimeOffset now)
    {
        var trigger = (FlowTrigger)flow.Triggers[0];
        var pending = Assert.Single(trigger.Pending(upstream, Contexts.ConditionsFor(flow, upstream, FlowTrigger.VariablesFor(upstream), now)));
        return before.Note(pending.Parts, pending.Met, pending.Window, now, pending.ResetOnSuccess);
    }
}
