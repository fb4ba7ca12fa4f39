using System.Text.RegularExpressions;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Triggers;

public enum FilterField { FlowId, Namespace, State, Expression }

public enum FilterType { EqualTo, NotEqualTo, In, NotIn, IsTrue, IsFalse, IsNull, IsNotNull, StartsWith, EndsWith, Regex, Contains }

public enum FilterOperand { And, Or }

/// <summary>An upstream flow that must have ended (or be) in one of the states.</summary>
public sealed record UpstreamFlow
{
    public required string Namespace { get; init; }
    public string? FlowId { get; init; }
    public IReadOnlyList<State> States { get; init; } = [];
    public IReadOnlyList<Label> Labels { get; init; } = [];

    public bool Matches(Execution execution) =>
        execution.Namespace == Namespace && (FlowId is null || execution.FlowId == FlowId) &&
        (States.Count == 0 || States.Contains(execution.State.Current)) && Labels.All(label => execution.Labels.Contains(label));
}

/// <summary>One comparison of a <c>where</c>.</summary>
public sealed record ExecutionFilter : IValidated
{
    public required FilterField Field { get; init; }
    public required FilterType Type { get; init; }
    public string? Value { get; init; }
    public IReadOnlyList<string>? Values { get; init; }

    public bool Matches(Execution execution, ConditionContext context)
    {
        var actual = Field switch
        {
            FilterField.FlowId => execution.FlowId,
            FilterField.Namespace => execution.Namespace,
            FilterField.State => execution.State.Current.Word,
            _ => context.Render(Value ?? "", null),
        };
        var wanted = Field == FilterField.Expression ? "" : Value ?? "";
        return Type switch
        {
            FilterType.EqualTo => actual == wanted,
            FilterType.NotEqualTo => actual != wanted,
            FilterType.In => Values!.Contains(actual),
            FilterType.NotIn => !Values!.Contains(actual),
            FilterType.IsTrue => actual.Trim() == "true",
            FilterType.IsFalse => actual.Trim() == "false",
            FilterType.IsNull => string.IsNullOrEmpty(actual),
            FilterType.IsNotNull => !string.IsNullOrEmpty(actual),
            FilterType.StartsWith => actual.StartsWith(wanted, StringComparison.Ordinal),
            FilterType.EndsWith => actual.EndsWith(wanted, StringComparison.Ordinal),
            FilterType.Regex => Regex.IsMatch(actual, $"^(?:{wanted})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)),
            FilterType.Contains => actual.Contains(wanted, StringComparison.Ordinal),
            _ => throw new InvalidOperationException($"No rule for {Type}."),
        };
    }

    public IEnumerable<Problem> Validate()
    {
        var word = System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(Type.ToString());
        var many = Type is FilterType.In or FilterType.NotIn;
        if (many && Value is not null) yield return new Problem("invalid_filter", $"`value` must be null for type {word}");
        else if (many && Values is null) yield return new Problem("invalid_filter", $"`values` cannot be null for type {word}");
        else if (!many && Value is null) yield return new Problem("invalid_filter", $"`value` cannot be null for type {word}");
        else if (!many && Values is not null) yield return new Problem("invalid_filter", $"`values` must be null for type {word}");
    }
}

/// <summary>Filters that must all hold (or one of them).</summary>
public sealed record ExecutionWhere
{
    public required string Id { get; init; }
    public FilterOperand Operand { get; init; }
    public required IReadOnlyList<ExecutionFilter> Filters { get; init; }

    public bool Matches(Execution execution, ConditionContext context) =>
        Operand == FilterOperand.And ? Filters.All(filter => filter.Matches(execution, context)) : Filters.Any(filter => filter.Matches(execution, context));
}

/// <summary>What must all have been met by executions within a window before one execution is started (kestra-semantics 10.7).</summary>
public sealed record Preconditions
{
    public required string Id { get; init; }
    public TimeWindow TimeWindow { get; init; } = new();
    public bool ResetOnSuccess { get; init; } = true;
    public IReadOnlyList<UpstreamFlow> Flows { get; init; } = [];
    public IReadOnlyList<ExecutionWhere> Where { get; init; } = [];

    /// <summary>Each flow and each where is one part.</summary>
    public IReadOnlyList<string> Parts => [.. Flows.Select((flow, i) => $"{Id}_{flow.Namespace}_{flow.FlowId}_{i}"), .. Where.Select(where => $"{Id}_{where.Id}")];

    public IReadOnlyList<string> Met(Execution execution, ConditionContext context)
    {
        var parts = Parts;
        return [.. Flows.Select(flow => flow.Matches(execution)).Concat(Where.Select(where => where.Matches(execution, context))).Select((met, i) => (met, i)).Where(x => x.met).Select(x => parts[x.i])];
    }
}
