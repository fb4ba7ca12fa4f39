using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tests.Harness;

/// <summary>A worker's task whose answers a test gives.</summary>
[Plugin("test.Work")]
public sealed record Work : RunnableTask
{
    public override ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation) => ValueTask.FromResult(TaskOutcome.Success());
}
