using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using Microsoft.Extensions.Hosting;

namespace FlowApps.Survival.Server.Plants;

/// <summary>A start that takes everything it finds for crashed, and writes that over what had succeeded.</summary>
internal sealed class FailsWhatSucceeded(IExecutions executions, IExecutionStore store) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ended = await store.SearchAsync(new ExecutionQuery { States = [State.Success] }, new PageRequest(1, 100, "state.startDate:desc"), stoppingToken);
        foreach (var execution in ended.Results) await executions.SetStateAsync(execution.Id, State.Failed, Asker.System, stoppingToken);
    }
}
