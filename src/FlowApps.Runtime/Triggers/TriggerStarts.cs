using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Expressions;
using FlowApps.Runtime.Executions;

namespace FlowApps.Runtime.Triggers;

/// <summary>What a trigger found, and what goes with it into the new execution.</summary>
internal sealed record TriggerFinding(Flow Flow, TriggerDefinition Trigger, string ExecutionId, IReadOnlyDictionary<string, object?> Variables)
{
    /// <summary>The execution that set a Flow trigger off.</summary>
    public Execution? Upstream { get; init; }

    /// <summary>Root variables of the new execution, such as <c>schedule</c>.</summary>
    public IReadOnlyDictionary<string, object?> Roots { get; init; } = Data.Map();

    /// <summary>Given by a person (a backfill), over the trigger's own.</summary>
    public IReadOnlyDictionary<string, object?>? Inputs { get; init; }
    public IReadOnlyList<Label> Labels { get; init; } = [];

    public ExecutionTrigger Mark => new(Trigger.Id, Trigger.Type, Variables);
}

/// <summary>From what a trigger found to an execution ready to begin: inputs and labels rendered with <c>trigger.*</c>, then typed like everybody's (kestra-semantics 10.1).</summary>
internal sealed class TriggerStarts(ExecutionStarts starts, TriggerScopes scopes, TimeProvider clock)
{
    /// <summary>Null: the conditions do not hold for what was found. When they cannot be evaluated, an execution that has failed already, so that people see it.</summary>
    public NewStart? If(TriggerFinding found)
    {
        try
        {
            if (!scopes.Hold(found.Flow, found.Trigger, Dated(found.Variables))) return null;
        }
        catch (Exception e) when (e is ExpressionException or FormatException)
        {
            return Failed(found, e.Message);
        }
        return Of(found);
    }

    /// <summary>False when the conditions say no whatever will be found, as those over the time of day do; then nothing need be looked for.</summary>
    public bool MayFind(Flow flow, TriggerDefinition trigger)
    {
        try
        {
            return scopes.Hold(flow, trigger, Dated(Data.Map()));
        }
        catch (Exception e) when (e is ExpressionException or FormatException)
        {
            return true;
        }
    }

    /// <summary>When inputs are wrong, an execution that has failed already, so that people see it.</summary>
    public NewStart Of(TriggerFinding found)
    {
        try
        {
            var scope = scopes.ScopeFor(found.Flow, found.Upstream, found.Variables);
            var given = Data.Map();
            foreach (var (key, value) in scopes.Contexts.InputsFor(found.Trigger, scope)) given[key] = value;
            foreach (var (key, value) in found.Inputs ?? Data.Map()) given[key] = value;
            return starts.Triggered(found, given, [.. scopes.Contexts.LabelsFor(found.Trigger, scope), .. found.Labels]);
        }
        catch (Exception e) when (e is ExpressionException or RefusedException or FormatException)
        {
            return Failed(found, e.Message);
        }
    }

    private OrderedDictionary<string, object?> Dated(IReadOnlyDictionary<string, object?> variables)
    {
        var dated = Data.Map([.. variables.Select(entry => (entry.Key, entry.Value))]);
        dated.TryAdd("date", clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        return dated;
    }

    /// <summary>An execution that ends FAILED as it begins.</summary>
    public static NewStart Failed(TriggerFinding found, string error) => ExecutionStarts.Failed(found, error);
}
