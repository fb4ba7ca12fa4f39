using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Web.Look;

namespace FlowApps.Web.Flows.List;

/// <summary>A flow with its last runs (newest first) and the next date that one of its triggers is due.</summary>
public sealed record FlowRow(FlowSummary Flow, IReadOnlyList<ExecutionSummary> Runs, DateTimeOffset? Next)
{
    public ExecutionSummary? Last => Runs.Count > 0 ? Runs[0] : null;

    public string Icon => Flow.Disabled ? "ban" // icon
        : Flow.TriggerTypes.Any(type => type.EndsWith("Schedule", StringComparison.Ordinal)) ? "calendar-time" // icon
        : Flow.TriggerTypes.Any(type => type.EndsWith("Webhook", StringComparison.Ordinal)) ? "webhook" // icon
        : Flow.TriggerTypes.Count > 0 ? "bolt" // icon
        : Flow.HasInputs ? "app-window" // icon
        : "git-merge"; // icon

    public IReadOnlyList<RunHistory.Run> History(DateTimeOffset now) =>
        Runs.Reverse().Select(run => new RunHistory.Run(run.State, (run.EndDate ?? now) - run.StartDate)).ToList();
}
