using FlowApps.Domain.Executions;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Triggers;

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
            FilterType.Regex => TextPattern.IsAllOf(actual, wanted),
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
