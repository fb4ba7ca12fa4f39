using System.Collections.Concurrent;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;

namespace FlowApps.Runtime.Tests.Executions;

/// <summary>Works until it is interrupted, and says so outside of everything that is stored.</summary>
[Plugin("test.Endless")]
public sealed record Endless : RunnableTask
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly ConcurrentDictionary<string, int> Begun = new();
    private static readonly ConcurrentDictionary<string, int> Working = new();

    /// <summary>How often attempts of these executions began, in any process.</summary>
    public static int BegunBy(IReadOnlyCollection<string> executions) => executions.Sum(id => Begun.GetValueOrDefault(id));

    /// <summary>Waits until each of these executions is at work, or none of them.</summary>
    public static async Task UntilAsync(IReadOnlyCollection<string> executions, bool working)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (executions.Any(id => Working.GetValueOrDefault(id) > 0 != working)) await Task.Delay(20, limit.Token);
    }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        Begun.AddOrUpdate(context.ExecutionId, 1, (_, count) => count + 1);
        Working.AddOrUpdate(context.ExecutionId, 1, (_, count) => count + 1);
        try
        {
            await Task.Delay(System.Threading.Timeout.Infinite, cancellation);
            return TaskOutcome.Success();
        }
        finally
        {
            Working.AddOrUpdate(context.ExecutionId, 0, (_, count) => count - 1);
        }
    }
}
