using FlowApps.Domain.Executions;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Triggers;

/// <summary>Filters that must all hold (or one of them).</summary>
public sealed record ExecutionWhere
{
    public required string Id { get; init; }
    public FilterOperand Operand { get; init; }
    public required IReadOnlyList<ExecutionFilter> Filters { get; init; }

    public bool Matches(Execution execution, ConditionContext context) =>
        Operand == FilterOperand.And ? Filters.All(filter => filter.Matches(execution, context)) : Filters.Any(filter => filter.Matches(execution, context));
}
