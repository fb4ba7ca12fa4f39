using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Triggers;

namespace FlowApps.Web.Home;

/// <summary>What the home page shows: counts by day and state, what fails, what runs, what waits, what comes next.</summary>
public sealed record Overview(IReadOnlyList<DayCounts> Days, IReadOnlyList<FailingFlow> Failing, IReadOnlyList<ExecutionSummary> Running, long RunningTotal, IReadOnlyList<Wait> Waiting, long WaitingTotal, IReadOnlyList<TriggerState> Next)
{
    public long Total => Days.Sum(day => day.Total);

    public long Failed => Days.Sum(day => day.Failed);

    public long Warned => Days.Sum(day => day.Warning);

    public long Ended => Days.Sum(day => day.Success + day.Warning + day.Failed);

    /// <summary>Mean seconds from start to end, over everything that ended.</summary>
    public double MeanSeconds => Ended == 0 ? 0 : Days.Sum(day => day.Seconds) / Ended;
}
