using System.Reflection;
using System.Threading.Channels;
using FlowApps.Domain.Executions;

namespace FlowApps.Web.Tests;

/// <summary>Executions of which nothing is known, and whose only news is what a test says. A test that needs more brings the real ones.</summary>
public class QuietExecutions : DispatchProxy
{
    private Channel<ExecutionNews> news = Channel.CreateUnbounded<ExecutionNews>();

    public static IExecutions Create(Channel<ExecutionNews> news)
    {
        var executions = Create<IExecutions, QuietExecutions>();
        ((QuietExecutions)executions).news = news;
        return executions;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
    {
        nameof(IExecutions.WatchAsync) => news.Reader.ReadAllAsync((CancellationToken)args![1]!),
        nameof(IExecutions.FindAsync) => Task.FromResult<(Execution, long)?>(null),
        _ => throw new NotSupportedException($"{targetMethod?.Name} needs the real executions."),
    };
}
