using System.Text;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Tasks;

/// <summary>The last part of a <see cref="Loop"/> that stores: one file with what each iteration gave, a line each.</summary>
public sealed record LoopStore : RunnableTask
{
    public required Loop Source { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var found = await context.Port<IExecutions>().FindAsync(context.ExecutionId, cancellation) ?? throw new TaskFailedException("The execution is gone.");
        var runs = found.Execution.TaskRuns;
        var loop = runs.Find(runs[context.TaskRunId].ParentId!)!;
        var lines = new StringBuilder();
        foreach (var iteration in runs.ChildrenOf(loop.Id).Where(run => run is { Iteration: not null, Outputs.Count: > 0 }).OrderBy(run => run.Iteration))
            lines.Append(Data.Write(Loop.Given(loop, iteration))).Append('\n');
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(lines.ToString()));
        return TaskOutcome.Success(("uri", await context.PutFileAsync("outputs.ion", stream, cancellation)));
    }
}
