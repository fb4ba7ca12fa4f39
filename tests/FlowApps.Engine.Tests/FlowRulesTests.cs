using FlowApps.Engine.Flows;
using FlowApps.Expressions;

namespace FlowApps.Engine.Tests;

public sealed class FlowRulesTests
{
    private static readonly FlowRules Rules = new(new ExpressionEngine(new ExpressionOptions()));

    [Fact]
    public void A_flow_that_starts_itself_is_refused_with_the_place()
    {
        var flow = Harness.Flows.Of("tasks:\n- id: s\n  type: core.flow.Sequential\n  tasks: [{id: again, type: core.flow.Subflow, namespace: company.team, flowId: flow}]");
        var problem = Assert.Single(FlowRules.Check(flow));
        Assert.Equal(("Invalid Flow: Recursive call to flow [company.team.flow]", "tasks[0].tasks[0]"), (problem.Message, problem.Path));
    }

    [Fact]
    public void An_expression_that_cannot_be_read_is_a_warning_with_the_place()
    {
        var flow = Harness.Flows.Of("tasks:\n- id: d\n  type: core.flow.Dag\n  tasks:\n  - task: {id: c, type: core.flow.If, condition: \"{{ 1 + }}\", then: [{id: a, type: test.Work, runIf: \"{{ ok }}\"}]}");
        Assert.Empty(FlowRules.Check(flow));
        Assert.Equal("tasks[0].tasks[0].task.condition", Assert.Single(Rules.Warnings(flow)).Path);
    }
}
