using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Tasks;
using FlowApps.Runtime.Hosting;

namespace FlowApps.Runtime.Work;

/// <summary>What an attempt left behind: the report for the engine, and lines and figures for the same commit.</summary>
internal sealed record AttemptReport(TaskReported Report, IReadOnlyList<LogEntry> Logs, IReadOnlyList<MetricEntry> Metrics);

/// <summary>Runs attempts of runnable tasks, in place or on a worker; whatever goes wrong becomes a report.</summary>
internal sealed class Attempts(RunContexts contexts, TaskCaches caches, TimeProvider clock, NodeIdentity node)
{
    public async ValueTask<AttemptReport> RunAsync(RunnableTask task, Flow flow, Execution execution, TaskRun run, int attempt, CancellationToken cancellation)
    {
        var started = clock.GetUtcNow();
        using var place = contexts.For(task, flow, execution, run, attempt);
        var context = place.Context;
        Fault.Point("attempt-before-run");
        var outcome = await OutcomeAsync(task, context, cancellation);
        Fault.Point("attempt-after-run");
        var ended = clock.GetUtcNow();
        var report = new TaskReported(run.Id, attempt, outcome.State, outcome.Outputs, outcome.Error, node.Node, started, ended)
        {
            Labels = Change<SetLabels>(outcome),
            Variables = Change<SetVariables>(outcome),
            Unset = Change<UnsetVariables>(outcome),
            Exit = Change<ExitExecution>(outcome),
            LogFile = await place.StoreLogFileAsync(),
        };
        Fault.Point("attempt-before-report");
        var lines = await context.Lines.CompleteAsync();
        return new AttemptReport(report, lines, [.. context.Metrics.Select(metric => new MetricEntry(execution.Namespace, execution.FlowId, execution.Id, run.TaskId, run.Id, ended, metric))]);
    }

    private async ValueTask<TaskOutcome> OutcomeAsync(RunnableTask task, RunContext context, CancellationToken cancellation)
    {
        try
        {
            var outcome = await caches.RunAsync(task, context, cancellation);
            if (outcome.Error is { } error) context.Log(LogLevel.Error, error);
            return PlainOutputs.Problem(outcome.Outputs) is { } problem ? Failed(context, problem, null) : outcome;
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // Withdrawn, or this process stops: nobody wants a report; the lines so far reach the store through the pipe.
            throw new OperationCanceledException(cancellation);
        }
        catch (TaskFailedException e)
        {
            return Failed(context, e.Message, PlainOutputs.Problem(e.Outputs) is null ? e.Outputs : null);
        }
        catch (Exception e)
        {
            return Failed(context, e.Message, null);
        }
    }

    private static TaskOutcome Failed(RunContext context, string error, IReadOnlyDictionary<string, object?>? outputs)
    {
        context.Log(LogLevel.Error, error);
        return TaskOutcome.Failed(error, outputs);
    }

    private static TChange? Change<TChange>(TaskOutcome outcome) where TChange : ExecutionChange
    {
        foreach (var change in outcome.Changes)
            if (change is TChange wanted) return wanted;
        return null;
    }
}
