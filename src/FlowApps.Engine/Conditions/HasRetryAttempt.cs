using FlowApps.Domain.Executions;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Engine.Conditions;

/// <summary>Some attempt before the last one of a task run ended so.</summary>
[Plugin("core.condition.HasRetryAttempt", "io.kestra.core.models.conditions.types.HasRetryAttemptCondition", "io.kestra.plugin.core.condition.HasRetryAttemptCondition", Icon = "filter")]
public sealed record HasRetryAttempt : Condition
{
    public IReadOnlyList<State>? In { get; init; }

    public IReadOnlyList<State>? NotIn { get; init; }

    public override bool Holds(ConditionContext context) => context.Execution?.TaskRuns
        .SelectMany(run => run.Attempts.SkipLast(1)).Select(attempt => attempt.State.Current)
        .Any(state => In?.Contains(state) != false && NotIn?.Contains(state) != true) == true;
}
