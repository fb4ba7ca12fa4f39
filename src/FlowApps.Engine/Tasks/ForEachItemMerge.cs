using System.Text;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Tasks;

/// <summary>The last part of <see cref="ForEachItem"/>: one file with the outputs of each execution that has some, a line each.</summary>
public sealed record ForEachItemMerge : RunnableTask
{
    public required string ItemsTask { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var executions = context.Port<IExecutions>();
        var self = await executions.FindAsync(context.ExecutionId, cancellation);
        var merge = self?.Execution.TaskRuns.Find(context.TaskRunId);
        var items = merge is null ? null : self?.Execution.TaskRuns.Find(merge.ParentId, ItemsTask);
        var lines = new StringBuilder();
        foreach (var child in items?.Children?.Values ?? [])
            if (await executions.FindAsync(child.Id, cancellation) is { Execution.Outputs: { Count: > 0 } outputs }) lines.Append(Data.Write(outputs)).Append('\n');
        if (lines.Length == 0) return TaskOutcome.Success();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(lines.ToString()));
        return TaskOutcome.Success(("subflowOutputs", await context.PutFileAsync("outputs.ion", stream, cancellation)));
    }
}
