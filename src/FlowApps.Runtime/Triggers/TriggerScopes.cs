using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Engine.Triggers;
using FlowApps.Expressions;
using FlowApps.Runtime.Logs;
using FlowApps.Runtime.Outside;

namespace FlowApps.Runtime.Triggers;

/// <summary>What triggers see: the engine's contexts, with the stores that their expressions may look at.</summary>
internal sealed class TriggerScopes(ExpressionEngine expressions, Surroundings surroundings, OutsideStores stores, TimeProvider clock)
{
    public TriggerContexts Contexts { get; } = new(expressions, surroundings.Public);

    public Scope ScopeFor(Flow flow, Execution? upstream, IReadOnlyDictionary<string, object?> trigger) => Contexts.ScopeFor(flow, upstream, trigger, OutsideOf(flow));

    public ConditionContext ConditionsFor(Flow flow, Execution upstream, IReadOnlyDictionary<string, object?> trigger) =>
        Contexts.ConditionsFor(flow, upstream, trigger, clock.GetUtcNow(), OutsideOf(flow));

    /// <summary>Errors: of conditions and expressions.</summary>
    public bool Hold(Flow flow, TriggerDefinition trigger, IReadOnlyDictionary<string, object?> variables) => Contexts.Hold(flow, trigger, variables, clock.GetUtcNow(), OutsideOf(flow));

    public string Render(string text, Flow flow) => expressions.Render(text, ScopeFor(flow, null, Domain.Values.Data.Map()));

    private RunOutside OutsideOf(Flow flow) => new(stores, flow.Namespace, null, new SecretMask());
}
