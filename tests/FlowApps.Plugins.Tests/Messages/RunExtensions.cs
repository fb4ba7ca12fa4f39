namespace FlowApps.Plugins.Tests.Messages;

internal static class RunExtensions
{
    /// <summary>Runs a task that gives out nothing.</summary>
    public static async Task Done(this RunnableTask task, TaskContextFake context) => Assert.Equal(Domain.Executions.State.Success, (await task.RunAsync(context, CancellationToken.None)).State);
}
