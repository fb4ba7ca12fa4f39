using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Engine.Conditions;
using FlowApps.Engine.Executions;
using FlowApps.Expressions;

namespace FlowApps.Engine.Triggers;

/// <summary>What conditions, inputs and labels of triggers see: the listening flow, <c>trigger.*</c>, and of a Flow trigger the upstream execution with its labels and outputs.</summary>
public sealed class TriggerContexts(ExpressionEngine expressions, RunSettings settings)
{
    public Scope ScopeFor(Flow flow, Execution? upstream, IReadOnlyDictionary<string, object?> trigger, IOutside? outside = null)
    {
        var roots = upstream is null ? Data.Map() : Variables.Of(flow, upstream, null, settings);
        roots["flow"] = Data.Map(("id", flow.Id), ("namespace", flow.Namespace), ("revision", flow.Revision));
        roots["vars"] = flow.Variables;
        if (settings.NamespaceVariables is { } variables) roots["namespace"] = (Func<object?>)(() => variables(flow.Namespace));
        roots["envs"] = settings.Envs;
        roots["globals"] = settings.Globals;
        roots["trigger"] = trigger;
        if (upstream?.Outputs is not null) roots["outputs"] = upstream.Outputs;
        return new Scope(roots, outside);
    }

    public ConditionContext ConditionsFor(Flow flow, Execution? upstream, IReadOnlyDictionary<string, object?> trigger, DateTimeOffset now, IOutside? outside = null)
    {
        var scope = ScopeFor(flow, upstream, trigger, outside);
        return new ConditionContext(flow, upstream, trigger, now, (text, extra) => expressions.Render(text, With(scope, extra)));
    }

    /// <summary>Whether all conditions and <c>when</c> of a trigger hold. Errors: of conditions and expressions.</summary>
    public bool Hold(Flow flow, TriggerDefinition trigger, IReadOnlyDictionary<string, object?> variables, DateTimeOffset now, IOutside? outside = null)
    {
        var context = ConditionsFor(flow, null, variables, now, outside);
        if (trigger.When is { } when && !ConditionTruth.Of(context.Render(when, null))) return false;
        return trigger.Conditions.Concat((trigger as Schedule)?.ScheduleConditions ?? []).All(condition => condition.Holds(context));
    }

    /// <summary>The labels of a trigger, rendered: null gives "", what cannot be rendered is left out (kestra-semantics 9.1).</summary>
    public IReadOnlyList<Label> LabelsFor(TriggerDefinition trigger, Scope scope) => [.. trigger.Labels.Select(label => Rendered(label, scope)).OfType<Label>()];

    /// <summary>The inputs of a trigger, rendered with their types kept; still to be resolved. Errors: expression exceptions.</summary>
    public IReadOnlyDictionary<string, object?> InputsFor(TriggerDefinition trigger, Scope scope) => (IReadOnlyDictionary<string, object?>?)expressions.RenderDeepTyped(trigger.Inputs, scope) ?? Data.Map();

    private Label? Rendered(Label label, Scope scope)
    {
        try
        {
            return label with { Value = expressions.Render(label.Value ?? "", scope) };
        }
        catch (ExpressionException)
        {
            return null;
        }
    }

    private static Scope With(Scope scope, IReadOnlyDictionary<string, object?>? extra)
    {
        foreach (var (key, value) in extra ?? Data.Map()) scope = scope.With(key, value);
        return scope;
    }
}
