using FlowApps.Domain.Executions;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Engine.Conditions;

namespace FlowApps.Engine.Triggers;

/// <summary>Starts an execution when executions of other flows change (kestra-semantics 10.7).</summary>
[Plugin("core.trigger.Flow", "io.kestra.core.models.triggers.types.Flow", Icon = "arrow-iteration")]
public sealed record FlowTrigger : TriggerDefinition
{
    private static readonly IReadOnlyList<State> Ends = [.. Enum.GetValues<State>().Where(state => state.IsTerminal)];

    /// <summary>The states looked at; the end states by default.</summary>
    public IReadOnlyList<State> States { get; init; } = Ends;

    /// <summary>Several executions that must all have happened.</summary>
    public Preconditions? Preconditions { get; init; }

    /// <summary>
    /// Whether a change of an upstream execution to its present state is one to look at: another flow, enabled, one of the states (preconditions name their own), and the conditions that
    /// need no memory hold. Errors: of conditions.
    /// </summary>
    public bool Looks(Domain.Flows.Flow flow, Execution upstream, ConditionContext context)
    {
        if (Disabled || flow.Disabled || (upstream.Namespace == flow.Namespace && upstream.FlowId == flow.Id)) return false;
        if (!States.Contains(upstream.State.Current) && !(Preconditions?.Flows.Any(f => f.States.Contains(upstream.State.Current)) == true)) return false;
        if (When is { } when && !ConditionTruth.Of(context.Render(when, null))) return false;
        return Conditions.Where(condition => condition is not MultipleCondition).All(condition => condition.Holds(context));
    }

    /// <summary>What is waited for over several executions: by id the parts, those met by this one, the window. Empty: one execution is enough.</summary>
    public IReadOnlyList<PendingParts> Pending(Execution upstream, ConditionContext context) =>
    [
        .. Conditions.OfType<MultipleCondition>().Select(multiple => new PendingParts(multiple.Id, [.. multiple.Conditions.Keys], multiple.Met(context), multiple.Window, multiple.ResetOnSuccess)),
        .. Preconditions is { } p ? [new PendingParts(p.Id, p.Parts, p.Met(upstream, context), p.TimeWindow, p.ResetOnSuccess)] : Array.Empty<PendingParts>(),
    ];

    /// <summary><c>trigger.*</c> of the new execution.</summary>
    public static OrderedDictionary<string, object?> VariablesFor(Execution upstream)
    {
        var variables = Data.Map(("executionId", upstream.Id), ("namespace", upstream.Namespace), ("flowId", upstream.FlowId), ("flowRevision", upstream.FlowRevision), ("state", upstream.State.Current.Word));
        if (upstream.Outputs is not null) variables["outputs"] = upstream.Outputs;
        return variables;
    }
}
