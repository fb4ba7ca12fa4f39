using System.Reflection;
using System.Runtime.CompilerServices;
using FlowApps.Domain.Executions;

namespace FlowApps.Web.Tests;

/// <summary>Executions of which nothing is known and nothing is heard; a test that needs more brings the real ones.</summary>
public class QuietExecutions : DispatchProxy
{
    public static IExecutions Create() => Create<IExecutions, QuietExecutions>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
    {
        nameof(IExecutions.WatchAsync) => SilenceAsync((CancellationToken)args![1]!),
        nameof(IExecutions.FindAsync) => Task.FromResult<(Execution, long)?>(null),
        _ => throw new NotSupportedException($"{targetMethod?.Name} needs the real executions."),
    };

    private static async IAsyncEnumerable<ExecutionNews> SilenceAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        yield break;
    }
}
