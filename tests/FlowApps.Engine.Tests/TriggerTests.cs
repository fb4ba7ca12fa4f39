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
        ((FlowTrigger)flow.Triggers[0]).Looks(flow, upstream, Contexts.ConditionsFor(flow, upstream, ((FlowTrigger)flow.Triggers[0]).VariablesFor(upstream, [upstream]), Now));

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
        var scope = Contexts.ScopeFor(flow, upstream, ((FlowTrigger)flow.Triggers[0]).VariablesFor(upstream, [upstream]));
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
    [InlineData("", "[a, b, c]", "a b", false)]
    [InlineData("", "[a, b, c]", "a b c", true)]
    [InlineData("  mode: ANY\n", "[a, b]", "b", true)]
    [InlineData("  mode: AT_LEAST\n  minSatisfied: 2\n", "[a, b, c]", "a a c", true)]
    [InlineData("  mode: AT_LEAST\n  minSatisfied: 2\n", "[a, b, c]", "a a", false)]
    public void Dependencies_are_met_as_the_mode_says(string mode, string flows, string ended, bool complete)
    {
        var flow = Listening($"{mode}  dependsOn: [{string.Join(", ", flows.Trim('[', ']').Split(", ").Select(id => $"{{namespace: up.stream, flowId: {id}}}"))}]");
        var (window, met) = (new MultipleWindow(), false);
        foreach (var id in ended.Split(' ')) (window, met) = Note(flow, window, Upstream(id, State.Success), Now);
        Assert.Equal(complete, met);
    }

    [Theory]
    [InlineData("{namespace: up.stream}", true)]
    [InlineData("{namespace: up}", false)]
    [InlineData("{flowId: x, states: [FAILED]}", false)]
    [InlineData("{labels: {some: label}}", true)]
    [InlineData("{labels: {some: other}}", false)]
    [InlineData("{when: \"{{ flow.namespace | startsWith('up') and execution.outputs.n > 6 and state == 'SUCCESS' and not hasRetryAttempt }}\"}", true)]
    [InlineData("{when: \"{{ namespace == 'company.team' or flowId == 'flow' }}\"}", false)]
    public void A_dependency_is_matched_by_what_it_says_of_the_upstream(string entry, bool looks) => Assert.Equal(looks, Looks(Listening($"  dependsOn: [{entry}]"), Upstream("x", State.Success)));

    [Fact]
    public void A_dependency_looks_at_end_states_and_pauses_and_when_guards_them_all()
    {
        Assert.True(Looks(Listening("  dependsOn: [{flowId: x}]"), Upstream("x", State.Paused)));
        Assert.False(Looks(Listening("  dependsOn: [{flowId: x}]"), Upstream("x", State.Running)));
        Assert.False(Looks(Listening("  when: \"{{ labels.some == 'other' }}\"\n  dependsOn: [{flowId: x}]"), Upstream("x", State.Success)));
    }

    [Fact]
    public void Outputs_stand_under_the_flow_and_those_of_a_lone_one_by_themselves_too()
    {
        var (a, b) = (Upstream("a", State.Success), Upstream("b", State.Success));
        Assert.Equal("""{"n":7,"a":{"n":7}}""", Data.Write(((FlowTrigger)Listening("  dependsOn: [{flowId: a}]").Triggers[0]).VariablesFor(a, [a])["outputs"]));
        Assert.Equal("""{"a":{"n":7},"b":{"n":7}}""", Data.Write(((FlowTrigger)Listening("  dependsOn: [{flowId: a}, {flowId: b}]").Triggers[0]).VariablesFor(b, [a, b])["outputs"]));
    }

    [Fact]
    public void The_order_of_dependencies_does_not_matter_to_what_was_seen()
    {
        var (window, _) = Note(Listening("  dependsOn: [{flowId: a}, {flowId: b}]"), new MultipleWindow(), Upstream("a", State.Success), Now);
        Assert.True(Note(Listening("  dependsOn: [{flowId: b}, {flowId: a}]"), window, Upstream("b", State.Success), Now).Complete);
    }

    [Fact]
    public void A_window_that_fires_once_waits_for_the_next()
    {
        var flow = Listening("  mode: ANY\n  dependsOn: [{flowId: a}]\n  window: {every: PT1H, fireOnce: true, timezone: UTC}");
        var (window, first) = Note(flow, new MultipleWindow(), Upstream("a", State.Success), Now);
        Assert.True(first);
        Assert.False(Note(flow, window, Upstream("a", State.Success), Now.AddMinutes(59)).Complete);
        Assert.True(Note(flow, window, Upstream("a", State.Success), Now.AddMinutes(60)).Complete);
    }

    [Theory]
    [InlineData("{deadline: \"10:00:00\", timezone: UTC}", "2026-03-01T09:00:00Z", "2026-03-01T00:00:00Z", "2026-03-01T10:00:00Z")]
    [InlineData("{deadline: \"10:00:00\", timezone: UTC}", "2026-03-01T10:00:00Z", null, "2026-03-02T10:00:00Z")]
    [InlineData("{deadline: \"10:00:00\", timezone: Europe/Paris}", "2026-07-01T07:59:59Z", "2026-06-30T22:00:00Z", "2026-07-01T08:00:00Z")]
    [InlineData("{deadline: \"10:00:00+01:00\"}", "2026-07-01T08:30:00Z", "2026-06-30T23:00:00Z", "2026-07-01T09:00:00Z")]
    [InlineData("{from: \"09:30:00\", to: \"10:00:00\", timezone: UTC}", "2026-03-01T09:00:00Z", null, "2026-03-01T10:00:00Z")]
    [InlineData("{from: \"09:30:00\", to: \"10:00:00\", timezone: UTC}", "2026-03-01T09:45:00Z", "2026-03-01T09:30:00Z", "2026-03-01T10:00:00Z")]
    [InlineData("{every: PT1H, offset: PT30M, timezone: UTC}", "2026-03-01T09:45:00Z", "2026-03-01T09:30:00Z", "2026-03-01T10:30:00Z")]
    [InlineData("{every: P1D, offset: PT6H, timezone: Europe/Paris}", "2026-07-01T03:00:00Z", "2026-06-30T04:00:00Z", "2026-07-01T04:00:00Z")]
    [InlineData("{lookback: PT1H}", "2026-03-01T09:45:00Z", "2026-03-01T08:45:00Z", null)]
    public void A_window_of_dependencies_is_open_when_it_says(string window, string at, string? start, string? end)
    {
        var open = ((FlowTrigger)Listening($"  dependsOn: [{{flowId: a}}]\n  window: {window}").Triggers[0]).Window!;
        static DateTimeOffset Date(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(start is null ? null : Date(start), open.At(Date(at))?.Start);
        Assert.Equal(end is null ? null : Date(end), open.NextEnd(Date(at)));
    }

    [Theory]
    [InlineData("  dependsOn: [{flowId: a}]\n  window: {deadline: \"09:00:00\", every: PT1H}", "one of `deadline`")]
    [InlineData("  dependsOn: [{flowId: a}]\n  window: {from: \"09:00:00\"}", "given together")]
    [InlineData("  dependsOn: [{flowId: a}]\n  window: {deadline: 9 o'clock}", "not a time of day")]
    [InlineData("  dependsOn: [{flowId: a}]\n  mode: AT_LEAST", "between 1 and the number")]
    [InlineData("  dependsOn: [{flowId: a}]\n  mode: AT_LEAST\n  minSatisfied: 2", "between 1 and the number")]
    [InlineData("  dependsOn: [{flowId: a}]\n  onMiss: {behavior: FAIL}", "can be missed")]
    [InlineData("  window: {every: PT1H}", "go with `dependsOn`")]
    [InlineData("  dependsOn: [{flowId: a}]\n  preconditions: {id: p, flows: [{namespace: n}]}", "replaces `preconditions`")]
    public void Dependencies_that_make_no_sense_are_refused(string trigger, string message) => Assert.Contains(message, string.Join("\n", Harness.Flows.ProblemsOf($"tasks: [{{id: a, type: test.Work}}]\ntriggers:\n- id: t\n  type: core.trigger.Flow\n{trigger}")), StringComparison.Ordinal);

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
        var pending = Assert.Single(trigger.Pending(upstream, Contexts.ConditionsFor(flow, upstream, ((FlowTrigger)flow.Triggers[0]).VariablesFor(upstream, [upstream]), now)));
        var (next, complete) = before.Note(pending, upstream.Id, now);
        return (next, complete is not null);
    }
}
