using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Plugins;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Tests;

public sealed class FamilyTests
{
    public static TheoryData<Type> Events() => [.. Cases(typeof(ExecutionEvent))];

    public static TheoryData<Type> Commands() => [.. Cases(typeof(ExecutionCommand))];

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_has_a_stored_name_and_a_rule(Type type)
    {
        Assert.Contains(typeof(ExecutionEvent).GetCustomAttributes<JsonDerivedTypeAttribute>(), name => name.DerivedType == type && name.TypeDiscriminator is string { Length: > 0 });
        var thrown = Record.Exception(() => Evolution.Apply(Some(), (ExecutionEvent)RuntimeHelpers.GetUninitializedObject(type)));
        Assert.DoesNotContain("No rule", thrown?.Message ?? "");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_a_stored_name_and_a_rule(Type type)
    {
        Assert.Contains(typeof(ExecutionCommand).GetCustomAttributes<JsonDerivedTypeAttribute>(), name => name.DerivedType == type && name.TypeDiscriminator is string { Length: > 0 });
        var flow = Harness.Flows.Of("tasks: [{id: a, type: test.Work}]");
        var decider = new ExecutionDecider(new Expressions.ExpressionEngine(new Expressions.ExpressionOptions()), new EngineOptions());
        var thrown = Record.Exception(() => decider.Decide(flow, Some(), (ExecutionCommand)RuntimeHelpers.GetUninitializedObject(type), new Moment(DateTimeOffset.UnixEpoch, () => "id")));
        Assert.DoesNotContain("No rule for the command", thrown?.Message ?? "");
    }

    [Fact]
    public void Old_names_of_flowables_triggers_and_conditions_still_mean_the_same()
    {
        var catalogue = new PluginCatalogue([typeof(ExecutionDecider).Assembly]);
        foreach (var (old, now) in new[]
        {
            ("io.kestra.core.tasks.flows.Sequential", "core.flow.Sequential"), ("io.kestra.core.tasks.flows.Flow", "core.flow.Subflow"), ("io.kestra.core.tasks.flows.Worker", "core.flow.WorkingDirectory"),
            ("io.kestra.core.tasks.flows.EachSequential", "core.flow.EachSequential"), ("io.kestra.core.tasks.flows.WaitFor", "core.flow.WaitFor"), ("io.kestra.core.models.triggers.types.Schedule", "core.trigger.Schedule"),
            ("io.kestra.core.models.triggers.types.Flow", "core.trigger.Flow"), ("io.kestra.core.models.conditions.types.VariableCondition", "core.condition.Expression"),
            ("io.kestra.plugin.core.condition.ExecutionStatusCondition", "core.condition.ExecutionStatus"), ("io.kestra.plugin.core.condition.MultipleCondition", "core.condition.MultipleCondition"),
        })
            Assert.Equal(now, catalogue.Find(old)?.Type);
    }

    private static IEnumerable<Type> Cases(Type family) => family.Assembly.GetTypes().Where(type => type.IsSubclassOf(family) && !type.IsAbstract);

    private static Execution Some() => new() { Id = "e", Namespace = "company.team", FlowId = "flow", FlowRevision = 1, State = StateTrail.Start(State.Created, DateTimeOffset.UnixEpoch) };
}
