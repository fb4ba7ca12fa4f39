using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Executions;

/// <summary>Opens executions for their pages.</summary>
public sealed class ExecutionDesk(IExecutions executions, IFlows flows, IWaitStore waits)
{
    /// <summary>Errors: NotFound.</summary>
    public async Task<ExecutionView> OpenAsync(string id, CancellationToken cancellation)
    {
        var (execution, version) = await executions.FindAsync(id, cancellation) ?? throw RefusedException.NotFound($"There is no execution {id}.");
        var asked = execution.State.Current.IsTerminal ? [] : await waits.OfExecutionAsync(id, cancellation);
        return new ExecutionView(execution, version, await flows.FindAsync(execution.Flow, execution.FlowRevision, cancellation), asked);
    }
}
