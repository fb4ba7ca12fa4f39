using System.Security.Cryptography;
using System.Text;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Engine.Conditions;

namespace FlowApps.Engine.Triggers;

/// <summary>An upstream flow that a Flow trigger waits for (2.0).</summary>
public sealed record Dependency
{
    private static readonly IReadOnlyList<State> Ends = [.. Enum.GetValues<State>().Where(state => state.IsTerminal), State.Paused];

    /// <summary>The flow, exactly; any when absent.</summary>
    public string? FlowId { get; init; }

    /// <summary>The namespace, exactly; any when absent.</summary>
    public string? Namespace { get; init; }

    /// <summary>The states that count; every end state and PAUSED by default.</summary>
    public IReadOnlyList<State> States { get; init; } = Ends;

    /// <summary>Labels that the execution must have, all of them.</summary>
    public IReadOnlyList<Label> Labels { get; init; } = [];

    /// <summary>An expression over the upstream execution: <c>flow</c>, <c>labels</c>, <c>outputs</c>, <c>execution.outputs</c>, <c>state</c>, <c>hasRetryAttempt</c>.</summary>
    public string? When { get; init; }

    /// <summary>The same for the same words, wherever the entry stands in the list.</summary>
    internal string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Data.Write(Data.Map(("flow", FlowId), ("namespace", Namespace), ("when", When),
        ("states", string.Join(' ', States.Order())), ("labels", string.Join(' ', Labels.Select(label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal))))))))[..16];

    internal bool Matches(Execution upstream, ConditionContext context) =>
        (FlowId is null || upstream.FlowId == FlowId) && (Namespace is null || upstream.Namespace == Namespace) && States.Contains(upstream.State.Current) &&
        Labels.All(label => upstream.Labels.Contains(label)) && (When is null || ConditionTruth.Of(context.Render(When, FlowTrigger.RootsOf(upstream))));
}
