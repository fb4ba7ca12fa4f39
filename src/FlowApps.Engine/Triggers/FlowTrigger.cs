using FlowApps.Domain.Executions;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Engine.Conditions;

namespace FlowApps.Engine.Triggers;

/// <summary>Starts an execution when executions of other flows change (kestra-semantics 10.7): by <c>dependsOn</c>, or in the old form by conditions and preconditions.</summary>
[Plugin("core.trigger.Flow", "io.kestra.core.models.triggers.types.Flow", Icon = "arrow-iteration")]
public sealed record FlowTrigger : TriggerDefinition, IValidated
{
    private const string DependsOnId = "dependsOn";
    private static readonly IReadOnlyList<State> Ends = [.. Enum.GetValues<State>().Where(state => state.IsTerminal)];

    /// <summary>The states looked at; the end states by default. Each entry of <c>dependsOn</c> names its own.</summary>
    public IReadOnlyList<State> States { get; init; } = Ends;

    /// <summary>Several executions that must all have happened (old form of <c>dependsOn</c>).</summary>
    public Preconditions? Preconditions { get; init; }

    /// <summary>The flows waited for; their outputs are <c>trigger.outputs.FLOW.KEY</c>.</summary>
    public IReadOnlyList<Dependency> DependsOn { get; init; } = [];

    /// <summary>Whether ALL of them, ANY or AT_LEAST <c>minSatisfied</c> must have ended.</summary>
    public DependencyMode Mode { get; init; }

    /// <summary>With AT_LEAST: how many.</summary>
    public int? MinSatisfied { get; init; }

    /// <summary>The time within which they must have ended; windows of one day by default.</summary>
    public DependencyWindow? Window { get; init; }

    /// <summary>What happens when a window ends without.</summary>
    public MissedWindow? OnMiss { get; init; }

    /// <summary>
    /// Whether a change of an upstream execution to its present state is one to look at: another flow, enabled, one of the states (preconditions and dependencies name their own), and the
    /// conditions that need no memory hold. Errors: of conditions.
    /// </summary>
    public bool Looks(Domain.Flows.Flow flow, Execution upstream, ConditionContext context)
    {
        if (Disabled || flow.Disabled || (upstream.Namespace == flow.Namespace && upstream.FlowId == flow.Id) || !Hears(upstream.State.Current)) return false;
        if (When is { } when && !ConditionTruth.Of(context.Render(when, RootsOf(upstream)))) return false;
        return Conditions.Where(condition => condition is not MultipleCondition).All(condition => condition.Holds(context)) &&
            (DependsOn.Count == 0 || DependsOn.Any(dependency => dependency.Matches(upstream, context)));
    }

    /// <summary>Whether a change to this state may matter at all.</summary>
    public bool Hears(State state) => DependsOn.Count > 0
        ? DependsOn.Any(dependency => dependency.States.Contains(state))
        : States.Contains(state) || Preconditions?.Flows.Any(flow => flow.States.Contains(state)) == true;

    /// <summary>What is waited for over several executions: by id the parts, those met by this one, the window. Empty: one execution is enough.</summary>
    public IReadOnlyList<PendingParts> Pending(Execution upstream, ConditionContext context) =>
    [
        .. Conditions.OfType<MultipleCondition>().Select(multiple => new PendingParts(multiple.Id, [.. multiple.Conditions.Keys], multiple.Met(context), multiple.Window, multiple.ResetOnSuccess)),
        .. Preconditions is { } p ? [new PendingParts(p.Id, p.Parts, p.Met(upstream, context), p.TimeWindow, p.ResetOnSuccess)] : Array.Empty<PendingParts>(),
        .. DependsOn.Count > 1 || Window is not null ? [Dependencies(upstream, context)] : Array.Empty<PendingParts>(),
    ];

    /// <summary>What is kept of the dependencies is kept under this id.</summary>
    public string MemoryId(Domain.Flows.FlowId flow, string partsId = DependsOnId) => $"{flow.Namespace}/{flow.Id}/{Id}/{partsId}";

    /// <summary><c>trigger.*</c> of the new execution. With <c>dependsOn</c> the outputs of each flow stand under its id; those of a lone one also by themselves.</summary>
    public OrderedDictionary<string, object?> VariablesFor(Execution upstream, IReadOnlyCollection<Execution> met)
    {
        var variables = Data.Map(("executionId", upstream.Id), ("namespace", upstream.Namespace), ("flowId", upstream.FlowId), ("flowRevision", upstream.FlowRevision), ("state", upstream.State.Current.Word));
        if (DependsOn.Count == 0)
        {
            if (upstream.Outputs is not null) variables["outputs"] = upstream.Outputs;
            return variables;
        }
        var outputs = Data.Map();
        if (DependsOn.Count == 1)
            foreach (var (key, value) in upstream.Outputs ?? Data.Map()) outputs[key] = value;
        foreach (var execution in met) outputs[execution.FlowId] = execution.Outputs ?? Data.Map();
        variables["outputs"] = outputs;
        return variables;
    }

    public IEnumerable<Problem> Validate()
    {
        if (DependsOn.Count > 0 && Preconditions is not null) yield return new Problem("not_allowed", "`dependsOn` replaces `preconditions`; both say what is waited for.", "preconditions", Suggestion: "Move its flows to `dependsOn`.");
        if (Mode == DependencyMode.AtLeast && MinSatisfied is not { } least || MinSatisfied < 1 || MinSatisfied > Math.Max(DependsOn.Count, 1))
            yield return new Problem("invalid_min_satisfied", $"must be between 1 and the number of entries of dependsOn ({DependsOn.Count})", "minSatisfied");
        if (MinSatisfied is not null && Mode != DependencyMode.AtLeast) yield return new Problem("not_allowed", "`minSatisfied` goes with `mode: AT_LEAST`.", "minSatisfied");
        if (DependsOn.Count == 0 && (Window is not null || OnMiss is not null)) yield return new Problem("not_allowed", "`window` and `onMiss` go with `dependsOn`.", Window is null ? "onMiss" : "window");
        if (OnMiss is not null && Window is null or { Lookback: not null }) yield return new Problem("not_allowed", "Only a window that ends can be missed: `deadline`, `from` and `to`, or `every`.", "onMiss");
    }

    /// <summary>What expressions see of the upstream execution besides its own variables.</summary>
    internal static OrderedDictionary<string, object?> RootsOf(Execution upstream) => Data.Map(
        ("flow", Data.Map(("id", upstream.FlowId), ("namespace", upstream.Namespace), ("revision", upstream.FlowRevision))),
        ("namespace", upstream.Namespace), ("flowId", upstream.FlowId), ("state", upstream.State.Current.Word),
        ("hasRetryAttempt", upstream.TaskRuns.Any(run => run.Attempts.Count > 1)));

    private PendingParts Dependencies(Execution upstream, ConditionContext context)
    {
        IReadOnlyList<string> parts = [.. DependsOn.Select(dependency => dependency.Id).Distinct(StringComparer.Ordinal)];
        IReadOnlyList<string> met = [.. DependsOn.Where(dependency => dependency.Matches(upstream, context)).Select(dependency => dependency.Id).Distinct(StringComparer.Ordinal)];
        var needed = Mode switch { DependencyMode.Any => 1, DependencyMode.AtLeast => Math.Min(MinSatisfied ?? 1, parts.Count), _ => parts.Count };
        return new PendingParts(DependsOnId, parts, met, Window ?? new DependencyWindow(), ResetOnSuccess: true) { Needed = needed, FireOnce = Window?.FireOnce == true };
    }
}
