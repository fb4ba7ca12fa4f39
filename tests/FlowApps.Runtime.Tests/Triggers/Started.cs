using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Tests.Triggers;

/// <summary>What triggers have started, and where they stand.</summary>
internal static class Started
{
    /// <summary>How many executions a flow has.</summary>
    public static async Task<long> CountAsync(this RuntimeHost host, FlowId flow) =>
        (await host.Get<IExecutionStore>().SearchAsync(new ExecutionQuery { Namespace = flow.Namespace, FlowId = flow.Id }, new PageRequest(), CancellationToken.None)).Total;

    /// <summary>The output <c>value</c> of the first task of the next execution of a flow that succeeds.</summary>
    public static async Task<string> FirstOutputAsync(this RuntimeHost host, IAsyncEnumerable<ExecutionNews> news, FlowId flow, CancellationToken cancellation)
    {
        await foreach (var item in news.WithCancellation(cancellation))
            if (item.Flow == flow && item.State == State.Success)
                return (string)(await host.Executions.FindAsync(item.ExecutionId, cancellation))!.Value.Execution.TaskRuns.First().Outputs!["value"]!;
        throw new TimeoutException("No execution was started.");
    }

    /// <summary>A trigger's row, which the scheduler writes just after the flow was saved.</summary>
    public static async Task<TriggerState> TriggerAsync(this RuntimeHost host, TriggerKey key, CancellationToken cancellation)
    {
        while (true)
        {
            if (await host.Get<ITriggerStore>().LoadAsync(key, cancellation) is ({ } state, _)) return state;
            await Task.Delay(20, cancellation);
        }
    }
}
