using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Tasks;
using FlowApps.Expressions;
using FlowApps.Runtime.Executions;
using FlowApps.Runtime.Flows;
using FlowApps.Runtime.Hosting;

namespace FlowApps.Runtime.Work;

/// <summary>Does one work item and reports it to its execution. It never writes a stream: its report is an errand like everybody's.</summary>
internal sealed class Worker(
    ExecutionReader reader, FlowRegistry flows, FlowIndexes indexes, Attempts attempts, RunContexts contexts, ExpressionEngine expressions, ExecutionPost post,
    IDirectoryTransfer? transfer, NodeIdentity node, TimeProvider clock)
{
    /// <summary>A task that takes longer than this is shown as running before it ends; shorter ones spare the extra commit.</summary>
    private static readonly TimeSpan StartedAfter = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    public async Task WorkAsync(WorkItem item, CancellationToken cancellation)
    {
        Fault.Point("work-before-begin");
        // An item that was handed out again, or by another process, is about a later moment than what this one may remember.
        var isOurs = item.Epoch == 1;
        if (await FindAsync(item.ExecutionId, isOurs, cancellation) is not { } live) return;
        var flow = await flows.OfAsync(live.State, cancellation);
        var errand = item.Kind switch
        {
            WorkKinds.Task => await RunAsync(item, flow, live.State, cancellation),
            WorkKinds.Render => Rendered(item, flow, live.State),
            WorkKinds.PrepareDirectory => await DirectoryAsync(item, flow, live.State, collect: false, cancellation),
            WorkKinds.DiscardDirectory => Discarded(item, flow, live.State),
            WorkKinds.CollectDirectory => await DirectoryAsync(item, flow, live.State, collect: true, cancellation),
            _ => throw new InvalidOperationException($"A work item of the unknown kind '{item.Kind}'."),
        };
        await ReportAsync(item, errand);
        Fault.Point("report-after-answer");
    }

    /// <summary>Null also when what is stored of it is damaged: the item stays, and is handed out again when its lease has run out.</summary>
    private async ValueTask<LiveExecution?> FindAsync(string id, bool isOurs, CancellationToken cancellation)
    {
        try
        {
            return await (isOurs ? reader.FindAsync(id, cancellation) : reader.CertainAsync(id, cancellation));
        }
        catch (RefusedException e) when (e.Kind == RefusalKind.Quarantined)
        {
            return null;
        }
    }

    private async ValueTask<Errand> RunAsync(WorkItem item, Flow flow, Execution execution, CancellationToken cancellation)
    {
        if (execution.TaskRuns.Find(item.TaskRunId) is not { } run || run.State.Current.IsTerminal || execution.State.Current == State.Killing) return new Errand(new Advance());
        if (indexes.Of(flow).Find(run.TaskId) is not RunnableTask task)
            return new Errand(new TaskReported(run.Id, item.Attempt, State.Failed, null, $"The task '{run.TaskId}' cannot be run by a worker.", node.Node, clock.GetUtcNow(), clock.GetUtcNow()));
        var started = new TaskStarted(run.Id, item.Attempt, node.Node, clock.GetUtcNow());
        await using var announcement = clock.CreateTimer(_ => post.Post(item.ExecutionId, new Errand(started)), null, task.Timeout is null ? StartedAfter : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        var report = await attempts.RunAsync(task, flow, execution, run, item.Attempt, cancellation);
        return new Errand(report.Report) { Logs = report.Logs, Metrics = report.Metrics };
    }

    /// <summary>Answers renderings that the engine may not do itself.</summary>
    private Errand Rendered(WorkItem item, Flow flow, Execution execution)
    {
        var runId = item.TaskRunId.Length == 0 ? null : item.TaskRunId;
        var answers = Data.Map();
        try
        {
            var scope = contexts.ScopeOf(flow, execution, runId is null ? null : execution.TaskRuns.Find(runId));
            foreach (var text in ((IReadOnlyList<object?>)Data.Parse(item.Payload ?? "[]")!).OfType<string>()) answers[text] = Answer(text, scope);
            return new Errand(new OutsideAnswered(runId, answers, null));
        }
        catch (Exception e) when (e is ExpressionException or RefusedException)
        {
            return new Errand(new OutsideAnswered(runId, answers, e.Message));
        }
    }

    /// <summary>A lone expression keeps its type; a text with expressions is text.</summary>
    private object? Answer(string text, Scope scope) =>
        text.StartsWith("{{", StringComparison.Ordinal) && text.IndexOf("}}", StringComparison.Ordinal) == text.Length - 2 ? expressions.RenderTyped(text, scope) : expressions.Render(text, scope);

    private async ValueTask<Errand> DirectoryAsync(WorkItem item, Flow flow, Execution execution, bool collect, CancellationToken cancellation)
    {
        if (execution.TaskRuns.Find(item.TaskRunId) is not { } run || indexes.Of(flow).Find(run.TaskId) is not WorkingDirectory task) return new Errand(new Advance());
        try
        {
            if (transfer is null) throw new TaskFailedException("This worker cannot lay out working directories.");
            using var place = contexts.For(task, flow, execution, run, item.Attempt);
            IReadOnlyDictionary<string, object?>? outputs = null;
            if (!collect) await transfer.PrepareAsync(place.Context, task.InputFiles?.Raw, task.NamespaceFiles, task.Cache, cancellation);
            else outputs = Data.Map(("outputFiles", await transfer.CollectAsync(place.Context, task.OutputFiles?.Raw, task.Cache, cancellation)));
            if (collect) contexts.FolderOf(flow, execution, run).Remove();
            return new Errand(new DirectoryReported(run.Id, collect, outputs, null)) { Logs = await place.Context.Lines.CompleteAsync() };
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            return new Errand(new DirectoryReported(run.Id, collect, null, e.Message));
        }
    }

    private Errand Discarded(WorkItem item, Flow flow, Execution execution)
    {
        if (execution.TaskRuns.Find(item.TaskRunId) is { } run) contexts.FolderOf(flow, execution, run).Remove();
        return new Errand(new Advance());
    }

    /// <summary>Until it is durable, or until somebody else holds the item.</summary>
    private async Task ReportAsync(WorkItem item, Errand errand)
    {
        while (true)
        {
            try
            {
                Fault.Point("report-before-post");
                await post.AskAsync(item.ExecutionId, errand with { Work = (item.Id, item.Epoch) });
                return;
            }
            catch (RefusedException e) when (e.Kind == RefusalKind.Unavailable)
            {
                await Task.Delay(RetryPause, clock);
            }
            catch (RefusedException)
            {
                return;
            }
        }
    }
}
