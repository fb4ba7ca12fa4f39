using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Inputs;
using FlowApps.Expressions;
using FlowApps.Runtime.Flows;
using FlowApps.Runtime.Logs;
using FlowApps.Runtime.News;
using FlowApps.Runtime.Outside;
using FlowApps.Runtime.Work;

namespace FlowApps.Runtime.Executions;

/// <summary>The port of the product: every wish becomes an errand or a start, and is answered when it is durable.</summary>
internal sealed class Executions(
    ExecutionHandler handler, ExecutionReader reader, ExecutionPost post, ExecutionStarts starts, InputReading inputs, FlowChecks checks, FlowRegistry flows, ExecutionFeed feed,
    ExecutionDecider decider, ExpressionEngine expressions, Surroundings surroundings, IExecutionStore store, ILogStore logs, IFileStore files, WorkPool pool, TimeProvider clock) : IExecutions
{
    public string NewId() => Ids.New(clock);

    public async Task<Execution> StartAsync(StartExecution start, CancellationToken cancellation)
    {
        if (start.IdempotencyKey is { } key && await store.FindInboxAsync(key, cancellation) is not null) return await handler.EarlierAsync(key, cancellation);
        var ready = await starts.FromAsync(start, start.Id ?? NewId(), cancellation);
        return await handler.StartAsync(ready, start.IdempotencyKey, cancellation: cancellation);
    }

    public async Task<(Execution Execution, long Version)?> FindAsync(string id, CancellationToken cancellation) =>
        await reader.NewestAsync(id, cancellation) is { } live ? (live.State, live.Version) : null;

    public async Task<Execution> WaitForEndAsync(string id, CancellationToken cancellation)
    {
        if (await reader.NewestAsync(id, cancellation) is { State.IsSettled: true } early) return early.State;
        var end = feed.EndOf(id);
        var live = await reader.NewestAsync(id, cancellation) ?? throw Unknown(id);
        if (live.State.IsSettled) feed.Ended(live.State);
        return await end.WaitAsync(cancellation);
    }

    public async Task<Execution> ResumeAsync(string id, string? taskRunId, IReadOnlyDictionary<string, object?> given, string outcome, string? comment, long? expectedVersion, Asker asker, CancellationToken cancellation)
    {
        var typed = outcome == ApprovalOutcome.Rejected ? given : InputReading.Typed(await ResolveResumeInputsAsync(id, taskRunId, given, cancellation));
        var errand = new Errand(new Resume(taskRunId, typed, outcome, asker.User, comment) { Groups = asker.Groups }) { ExpectedVersion = expectedVersion, IdempotencyKey = asker.IdempotencyKey };
        return await post.AskAsync(id, errand).WaitAsync(cancellation);
    }

    public Task<Execution> PauseAsync(string id, Asker asker, CancellationToken cancellation) => AskAsync(id, new Pause(asker.User), asker, cancellation);

    public Task<Execution> KillAsync(string id, bool cascade, Asker asker, CancellationToken cancellation) => AskAsync(id, new Kill(asker.User, cascade), asker, cancellation);

    public async Task<Execution> RestartAsync(string id, int? revision, Asker asker, CancellationToken cancellation)
    {
        var original = await LoadAsync(id, cancellation);
        if (revision is null || revision == original.FlowRevision) return await AskAsync(id, new Restart(asker.User), asker, cancellation);
        var flow = await flows.OfAsync(original, cancellation);
        var other = await RevisionAsync(original.Flow, revision, cancellation);
        return await handler.StartAsync(new NewStart(other, (_, moment) => decider.RestartOnto(flow, original, other, moment)), asker.IdempotencyKey, cancellation: cancellation);
    }

    public async Task<Execution> ReplayAsync(string id, string? taskRunId, int? revision, IReadOnlyDictionary<string, object?>? given, Asker asker, CancellationToken cancellation)
    {
        var original = await LoadAsync(id, cancellation);
        var flow = await flows.OfAsync(original, cancellation);
        var other = revision is null ? null : await RevisionAsync(original.Flow, revision, cancellation);
        var typed = given is null ? null : InputReading.Typed(inputs.Resolve(other ?? flow, given, id));
        return await handler.StartAsync(new NewStart(other ?? flow, (_, moment) => decider.Replay(flow, original, taskRunId, other, typed, moment)), asker.IdempotencyKey, cancellation: cancellation);
    }

    public Task<Execution> SetTaskRunStateAsync(string id, string taskRunId, State state, Asker asker, CancellationToken cancellation) =>
        AskAsync(id, new ChangeTaskRunState(taskRunId, state, asker.User), asker, cancellation);

    public Task<Execution> SetStateAsync(string id, State state, Asker asker, CancellationToken cancellation) => AskAsync(id, new ChangeState(state, asker.User), asker, cancellation);

    public Task<Execution> SetLabelsAsync(string id, IReadOnlyList<Label> labels, Asker asker, CancellationToken cancellation) => AskAsync(id, new ChangeLabels(labels, asker.User), asker, cancellation);

    public Task<Execution> UnqueueAsync(string id, State? state, Asker asker, CancellationToken cancellation) => AskAsync(id, new GrantSlot(state), asker, cancellation);

    public Task<Execution> ForceRunAsync(string id, Asker asker, CancellationToken cancellation) => AskAsync(id, new ForceRun(asker.User), asker, cancellation);

    public Task<Execution> ResumeFromBreakpointAsync(string id, IReadOnlyList<string> nextBreakpoints, Asker asker, CancellationToken cancellation) =>
        AskAsync(id, new PassBreakpoint(nextBreakpoints, asker.User), asker, cancellation);

    public async Task<bool> DeleteAsync(string id, bool withLogs, bool withMetrics, bool withFiles, CancellationToken cancellation)
    {
        var (live, isReadable) = await reader.TryCertainAsync(id, cancellation);
        if (live is null) return !isReadable && await store.DeleteAsync(id, cancellation);
        var deleted = await store.DeleteAsync(id, cancellation);
        reader.Drop(id);
        pool.Cancel([.. live.State.TaskRuns.Where(run => !run.State.Current.IsTerminal).Select(run => run.Id)]);
        if (withLogs) await logs.DeleteAsync(new LogQuery { ExecutionId = id }, cancellation);
        if (withMetrics) await logs.DeleteMetricsAsync(id, cancellation);
        if (withFiles) await files.DeleteAsync(FilePaths.Execution(live.State.Namespace, live.State.FlowId, id), cancellation);
        return deleted;
    }

    public async Task<IReadOnlyList<ResolvedInput>> ResolveInputsAsync(FlowId flow, int? revision, IReadOnlyDictionary<string, object?> given, CancellationToken cancellation) =>
        inputs.Resolve(await RevisionAsync(flow, revision, cancellation), given, NewId());

    public async Task<ResolvedForm> ResolveFormAsync(FlowId flow, int? revision, IReadOnlyDictionary<string, object?> given, CancellationToken cancellation) =>
        ResolveForm(await RevisionAsync(flow, revision, cancellation), given);

    public ResolvedForm ResolveForm(Flow flow, IReadOnlyDictionary<string, object?> given)
    {
        var start = new NewExecution(NewId());
        var form = new ResolvedForm(inputs.Resolve(flow, given, start.Id), []);
        return form.IsWrong ? form : form with { Failing = checks.FailingOf(flow, () => inputs.ScopeOf(flow, start with { Inputs = InputResolver.ToMap(form.Inputs) })) };
    }

    public async Task<IReadOnlyList<ResolvedInput>> ResolveResumeInputsAsync(string id, string? taskRunId, IReadOnlyDictionary<string, object?> given, CancellationToken cancellation)
    {
        var execution = await LoadAsync(id, cancellation);
        var flow = await flows.OfAsync(execution, cancellation);
        if (PausedRun.Find(flow, execution, taskRunId, ApprovalOutcome.Approved) is { } paused) return inputs.Resolve(flow, execution, paused.Run, paused.Asked, given);
        // Another process may have paused it just now: what a person filled in must not be dropped.
        return (await reader.CertainAsync(id, cancellation))?.State is { } newest && PausedRun.Find(flow, newest, taskRunId, ApprovalOutcome.Approved) is { } found ? inputs.Resolve(flow, newest, found.Run, found.Asked, given) : [];
    }

    public async Task<string> EvaluateAsync(string id, string? taskRunId, string expression, CancellationToken cancellation)
    {
        var execution = await LoadAsync(id, cancellation);
        var flow = await flows.OfAsync(execution, cancellation);
        var run = taskRunId is null ? null : execution.TaskRuns.Find(taskRunId) ?? throw RefusedException.NotFound($"Execution {id} has no task run {taskRunId}.");
        var mask = new SecretMask();
        try
        {
            return mask.Apply(expressions.Render(expression, inputs.ScopeOf(flow, execution, run, mask)));
        }
        catch (ExpressionException e)
        {
            throw new RefusedException(RefusalKind.Invalid, [new Problem("expression", mask.Apply(e.Message), null, e.Line > 0 ? e.Line : null, e.Column > 0 ? e.Column : null)]);
        }
    }

    public async Task<IReadOnlyDictionary<string, object?>> VariablesAsync(string id, CancellationToken cancellation)
    {
        var execution = await LoadAsync(id, cancellation);
        return Variables.Computed(await flows.OfAsync(execution, cancellation), execution, null, surroundings.Public);
    }

    public IAsyncEnumerable<ExecutionNews> WatchAsync(string? id, CancellationToken cancellation) => feed.Watch(id, cancellation);

    public IAsyncEnumerable<LogEntry> WatchLogsAsync(string id, CancellationToken cancellation) => feed.WatchLogs(id, cancellation);

    private Task<Execution> AskAsync(string id, ExecutionCommand command, Asker asker, CancellationToken cancellation) =>
        post.AskAsync(id, new Errand(command) { IdempotencyKey = asker.IdempotencyKey }).WaitAsync(cancellation);

    private async ValueTask<Execution> LoadAsync(string id, CancellationToken cancellation) => (await reader.NewestAsync(id, cancellation))?.State ?? throw Unknown(id);

    private async ValueTask<Flow> RevisionAsync(FlowId flow, int? revision, CancellationToken cancellation) =>
        await flows.FindAsync(flow, revision, cancellation) ?? throw RefusedException.NotFound(revision is null ? $"There is no flow {flow}." : $"There is no revision {revision} of the flow {flow}.");

    private static RefusedException Unknown(string id) => RefusedException.NotFound($"There is no execution {id}.");
}
