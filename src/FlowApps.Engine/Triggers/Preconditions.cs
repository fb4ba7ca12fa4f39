using FlowApps.Domain.Executions;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Triggers;

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
