using FlowApps.Domain.Approvals;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Expressions;
using FlowApps.Plugins;
using FlowApps.Web.Approvals;
using FlowApps.Web.Requests;
using FlowApps.Yaml.Flows;

namespace FlowApps.Web.Tests.Approvals;

public sealed class ForesightTests
{
    private static readonly FlowReader Reader = new(new PluginCatalogue([typeof(Flow).Assembly, typeof(ExecutionDecider).Assembly, typeof(PluginsAssembly).Assembly]), new FlowReaderOptions());

    private const string Source = """
        id: f
        namespace: n
        finally:
          - {id: archive, type: core.log.Log, message: x}
        tasks:
          - id: gate
            type: core.flow.If
            condition: "{{ inputs.amount > 10 }}"
            then:
              - {id: ask, type: core.flow.Approval}
              - {id: stamp, type: core.log.Log, message: x, description: Stamp it}
          - id: way
            type: core.flow.Switch
            value: "{{ outputs.ask.outcome }}"
            cases:
              approve: [{id: pay, type: core.log.Log, message: x, description: Pay it}]
            defaults: [{id: shelve, type: core.log.Log, message: x, description: Shelve it}]
          - id: large
            type: core.flow.If
            description: Tell the board
            condition: "{{ inputs.amount > 5000 }}"
            then: [{id: board, type: core.log.Log, message: x}]
          - id: late
            type: core.flow.If
            description: Send it by ship
            condition: "{{ outputs.pay.value == 'far' }}"
            then: [{id: ship, type: core.log.Log, message: x}]
          - {id: quiet, type: core.log.Log, message: x}
        """;

    [Theory]
    [InlineData("approve", 100, "Stamp it, Pay it, Send it by ship?")]
    [InlineData("approve", 9000, "Stamp it, Pay it, Tell the board, Send it by ship?")]
    [InlineData("park", 100, "Stamp it, Shelve it, Send it by ship?")]
    [InlineData("reject", 9000, "ends: Archive")]
    public void What_follows_is_told_for_certain_only_where_nothing_else_decides_it(string outcome, int amount, string told)
    {
        var prospect = Of(amount).Single(one => one.Outcome.Id == outcome);
        Assert.Equal(told, (prospect.Ends ? "ends: " : "") + string.Join(", ", prospect.Steps.Select(step => step.Title + (step.Perhaps ? "?" : ""))));
        Assert.False(prospect.First);
    }

    [Fact]
    public void An_approval_that_needs_others_says_so() => Assert.True(Of(100, quorum: 2).Single(one => one.Outcome.Id == "approve").First);

    private static IReadOnlyList<Prospect> Of(int amount, int quorum = 1)
    {
        var reading = Reader.Read(Source);
        Assert.True(reading.Flow is not null, string.Join("\n", reading.Problems));
        var (flow, inputs) = (reading.Flow!, Data.Map(("amount", amount)));
        var execution = new Execution { Id = "0123456789", Namespace = "n", FlowId = "f", FlowRevision = 1, State = StateTrail.Start(State.Paused, DateTimeOffset.UnixEpoch), Inputs = inputs };
        var wait = new Wait
        {
            ExecutionId = execution.Id,
            TaskRunId = "run",
            TaskId = "ask",
            Namespace = "n",
            FlowId = "f",
            Since = DateTimeOffset.UnixEpoch,
            Policy = new ApprovalPolicy
            {
                Stages = [new ApprovalStage { Id = ApprovalStage.Only, Quorum = quorum }],
                Outcomes = [new("approve", OutcomeKind.Approve), new("park", OutcomeKind.Close), new("request-changes", OutcomeKind.Changes), new("reject", OutcomeKind.Reject) { Then = OutcomeEnd.Cancel }],
            },
        };
        var titles = flow.AllTasks().Where(task => task.Description is not null).ToDictionary(task => task.Id, task => task.Description!);
        var request = new RequestView(execution, 1, new App { Id = "f", Type = "apps.Execution", Namespace = "n", FlowId = "f" }, flow, [wait]) { Titles = titles };
        return Foresight.Of(request, wait, Data.Map(("inputs", inputs)), new ExpressionEngine(new ExpressionOptions()));
    }
}
