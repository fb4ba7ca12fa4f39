using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Engine.Approvals;
using Microsoft.Extensions.Logging;

namespace FlowApps.Runtime.Executions;

/// <summary>
/// The one meeting of engine and store: takes the errands of an execution, decides, commits once, and only then tells anybody. A lost race loads and decides again.
/// </summary>
internal sealed class ExecutionHandler
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private const int MaxRaces = 50;

    /// <summary>The code of a refusal: the key was used, and what came of it is gone.</summary>
    public const string Repeated = "repeated";

    /// <summary>A commit refused this often though nobody else moved the execution: its work item is stale, not some other row of the commit.</summary>
    private const int StaleAfter = 3;
    private readonly TurnTools tools;
    private readonly ExecutionReader reader;
    private readonly Aftermath aftermath;
    private readonly IExecutionStore store;
    private readonly ExecutionPost post;
    private readonly TimeProvider clock;
    private readonly ILogger<ExecutionHandler> logger;

    public ExecutionHandler(TurnTools tools, ExecutionReader reader, Aftermath aftermath, IExecutionStore store, ExecutionPost post, TimeProvider clock, ILogger<ExecutionHandler> logger)
    {
        (this.tools, this.reader, this.aftermath, this.store, this.post, this.clock, this.logger) = (tools, reader, aftermath, store, post, clock, logger);
        post.Turn = TakeTurnAsync;
    }

    /// <summary>Begins an execution and takes it as far as it goes at once. Errors: the refusal.</summary>
    /// <returns>The new execution, or the earlier one when the idempotency key was used before.</returns>
    public async Task<Execution> StartAsync(NewStart start, string? idempotencyKey, Action<Turn, Subject>? beside = null, CancellationToken cancellation = default)
    {
        for (var race = 0; ; race++)
        {
            using var turn = new Turn(tools, cancellation);
            var (subject, refusal) = await turn.BeginAsync(start);
            if (refusal is not null) throw new RefusedException(RefusalKind.Invalid, [refusal]);
            if (idempotencyKey is not null) turn.Draft.Add(new InboxEntry(idempotencyKey, subject.Id));
            beside?.Invoke(turn, subject);
            Fault.Point("start-before-commit");
            var outcome = await store.CommitAsync(turn.ToCommit(), CancellationToken.None);
            Fault.Point("start-after-commit");
            switch (outcome)
            {
                case CommitOutcome.Done:
                    aftermath.Follow(turn);
                    Fault.Point("start-before-answer");
                    return subject.Now;
                case CommitOutcome.Repeated:
                    return await EarlierAsync(idempotencyKey, cancellation);
                case CommitOutcome.Conflict when race < MaxRaces && beside is null:
                    continue;
                default:
                    throw RefusedException.Conflict("lost_race", "Somebody else was first. Look again, then try again.");
            }
        }
    }

    /// <summary>What an idempotency key was used for.</summary>
    public async Task<Execution> EarlierAsync(string? key, CancellationToken cancellation)
    {
        var entry = key is null ? null : await store.FindInboxAsync(key, cancellation);
        var live = entry is null ? null : await reader.FindAsync(entry.ExecutionId, cancellation);
        return live?.State ?? throw RefusedException.Conflict(Repeated, "This was sent before, and what came of it has been deleted.");
    }

    private async Task TakeTurnAsync(string executionId, List<Errand> errands)
    {
        try
        {
            await DecideTogetherAsync(executionId, errands);
        }
        catch (RefusedException e) when (e.Kind == RefusalKind.Unavailable)
        {
            foreach (var errand in errands)
                if (!TryRetryLater(executionId, errand)) errand.Answer?.TrySetException(e);
        }
        catch (RefusedException e) when (e.Kind == RefusalKind.Quarantined)
        {
            foreach (var errand in errands) errand.Answer?.TrySetException(e);
        }
        catch (Exception e)
        {
            // One bad execution must not stop the others: whoever asks is told, rows stay for the reconciler.
            logger.LogError(e, "Execution {Execution} could not be advanced.", executionId);
            foreach (var errand in errands) errand.Answer?.TrySetException(e);
        }
    }

    /// <summary>All errands in one commit; when that cannot be, because a key was used before or a work item is stale, each in its own.</summary>
    private async Task DecideTogetherAsync(string executionId, List<Errand> errands)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var live = await reader.FindAsync(executionId, CancellationToken.None);
            if (live is null)
            {
                await ForgetAsync(errands, executionId);
                return;
            }
            var outcome = await DecideAsync(live, errands);
            if (outcome == CommitOutcome.Done) return;
            Fault.Point("lost-race");
            reader.Drop(executionId);
            var moved = await reader.FindAsync(executionId, CancellationToken.None) is not { } now || now.Version != live.Version;
            if (outcome == CommitOutcome.Conflict && moved) continue;
            if (errands.Count > 1)
            {
                foreach (var errand in errands) await DecideTogetherAsync(executionId, [errand]);
                return;
            }
            if ((outcome == CommitOutcome.Repeated || race >= StaleAfter) && await SettleAsync(errands[0], outcome, executionId)) return;
        }
        throw RefusedException.Conflict("lost_race", "Others kept being first. Look again, then try again.");
    }

    private async Task<CommitOutcome> DecideAsync(LiveExecution live, List<Errand> errands)
    {
        var flow = await tools.Flows.OfAsync(live.State, CancellationToken.None);
        using var turn = new Turn(tools, CancellationToken.None);
        var subject = new Subject(flow, live);
        turn.Join(subject);
        var answers = new List<Answered>(errands.Count);
        foreach (var errand in errands) answers.Add(await turn.DecideAsync(subject, errand));
        // Memory may be behind another process. A commit of events would fail then; what has none, and what is refused, is only believed of the newest version.
        if ((subject.Events.Count == 0 || answers.Exists(answer => answer.Refusal is not null)) && !await reader.IsNewestAsync(live, CancellationToken.None)) return CommitOutcome.Conflict;
        if (!turn.IsEmpty)
        {
            Fault.Point("turn-before-commit");
            var outcome = await store.CommitAsync(turn.ToCommit(), CancellationToken.None);
            Fault.Point("turn-after-commit");
            if (outcome != CommitOutcome.Done) return outcome;
        }
        aftermath.Follow(turn);
        Fault.Point("turn-before-answer");
        foreach (var (errand, decided, refusal) in answers)
            if (refusal is null) errand.Answer?.TrySetResult(decided.Now);
            else errand.Answer?.TrySetException(new RefusedException(KindOf(errand, refusal), [refusal]));
        return CommitOutcome.Done;
    }

    /// <summary>Decisions and kills lose races against others; everything else was asked of an execution that is not fit for it.</summary>
    private static RefusalKind KindOf(Errand errand, Problem refusal) => refusal.Code switch
    {
        Standing.NotAsked or "not_confirmed" => RefusalKind.Forbidden,
        "not_found" when errand.Command is WaitCommand => RefusalKind.NotFound,
        "unknown_outcome" or "comment_needed" or "not_editable" or "wrong_remark" => RefusalKind.Invalid,
        Turn.ChangedMeanwhile => RefusalKind.Conflict,
        _ => errand.Command is Resume or Kill or WaitCommand ? RefusalKind.Conflict : RefusalKind.Invalid,
    };

    /// <summary>A single errand that was refused by the store although nobody else moved the execution. True: it is dealt with.</summary>
    private async Task<bool> SettleAsync(Errand errand, CommitOutcome outcome, string executionId)
    {
        if (outcome == CommitOutcome.Repeated)
        {
            errand.Answer?.TrySetResult(await EarlierAsync(errand.IdempotencyKey, CancellationToken.None));
            return true;
        }
        if (errand.Work is not { } work) return false;
        logger.LogInformation("A late report on execution {Execution} was refused: work item {Work} (hand-out {Epoch}) has been handed out again or withdrawn.", executionId, work.Id, work.Epoch);
        errand.Answer?.TrySetException(RefusedException.Conflict("stale_work", "This work was handed out again or withdrawn; the report came too late."));
        return true;
    }

    /// <summary>Errands for an execution that is gone: their rows go too.</summary>
    private async Task ForgetAsync(List<Errand> errands, string executionId)
    {
        var rows = new CommitDraft();
        foreach (var errand in errands)
        {
            if (errand.LetterId is { } letter) rows.RemoveLetter(letter);
            if (errand.TimerId is { } timer) rows.RemoveTimer(timer);
            errand.Answer?.TrySetException(RefusedException.NotFound($"There is no execution {executionId}."));
        }
        if (!rows.IsEmpty) await store.CommitAsync(rows.ToCommit([]), CancellationToken.None);
    }

    /// <summary>With the store away, what has a row is tried again here; who waits for an answer hears it.</summary>
    private bool TryRetryLater(string executionId, Errand errand)
    {
        if (!errand.IsDurable) return false;
        _ = RetryAsync();
        return true;

        async Task RetryAsync()
        {
            await Task.Delay(RetryPause, clock);
            post.Post(executionId, errand);
        }
    }
}
