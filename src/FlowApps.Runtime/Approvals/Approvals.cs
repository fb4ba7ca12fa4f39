using System.Security.Cryptography;
using System.Text;
using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Runtime.Executions;
using FlowApps.Runtime.Flows;

namespace FlowApps.Runtime.Approvals;

/// <summary>Turns what people send into typed commands for the execution that asks.</summary>
internal sealed class Approvals(ExecutionReader reader, ExecutionPost post, InputReading inputs, FlowRegistry flows, IFlowStore flowStore, IExecutionStore store, Delegations delegations, TimeProvider clock) : IApprovals
{
    private const int EventsAtOnce = 1_000;

    public async Task<string> DecideAsync(string executionId, string taskRunId, SentDecision decision, Asker asker, CancellationToken cancellation)
    {
        var (execution, flow, wait) = await FindAsync(executionId, taskRunId, cancellation);
        var place = decision.For is null ? null : await delegations.StandInAsync(decision.For, asker.User, wait, cancellation);
        var ballot = new Ballot
        {
            Id = Ids.New(clock),
            Outcome = decision.Outcome,
            By = asker.User,
            For = place?.Name,
            Groups = place?.Groups ?? asker.Groups,
            Comment = string.IsNullOrWhiteSpace(decision.Comment) ? null : decision.Comment.Trim(),
            Inputs = Form(flow, execution, taskRunId, decision.Outcome, decision.Inputs) is var form ? InputReading.Typed(form) : Data.Map(),
            Changes = decision.Changes.Count == 0 ? Data.Map() : Only(InputReading.Typed(Answers(flow, execution, decision.Changes)), decision.Changes.Keys),
            Asks = decision.Asks,
            Round = decision.Round,
            Confirmed = decision.Confirmed,
            Evidence = decision.Evidence is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(decision.Evidence))),
        };
        var editor = wait.Policy.ExcludeEditor ? (await flowStore.LoadAsync(execution.Flow, execution.FlowRevision, allowDeleted: true, cancellation))?.SavedBy : null;
        await AskAsync(executionId, new Decide(taskRunId, ballot, decision.Hold, editor, decision.Evidence), asker, decision.ExpectedVersion, cancellation);
        return ballot.Id;
    }

    public Task UndoAsync(string executionId, string taskRunId, string ballotId, Asker asker, CancellationToken cancellation) =>
        AskAsync(executionId, new WithdrawBallot(taskRunId, ballotId, Named(asker)), asker, null, cancellation);

    public Task SettleAsync(string executionId, string taskRunId, string ballotId, Asker asker, CancellationToken cancellation) =>
        AskAsync(executionId, new SettleBallot(taskRunId, ballotId, Named(asker)), asker, null, cancellation);

    public Task ClaimAsync(string executionId, string taskRunId, Asker asker, CancellationToken cancellation) =>
        AskAsync(executionId, new ClaimWait(taskRunId, Named(asker), asker.Groups), asker, null, cancellation);

    public Task ReleaseAsync(string executionId, string taskRunId, Asker asker, CancellationToken cancellation) =>
        AskAsync(executionId, new ReleaseWait(taskRunId, Named(asker), asker.Groups), asker, null, cancellation);

    public async Task ReassignAsync(string executionId, string taskRunId, string to, string? comment, Asker asker, CancellationToken cancellation)
    {
        var colleague = await delegations.PersonAsync(to, cancellation);
        await AskAsync(executionId, new ReassignWait(taskRunId, Named(asker), asker.Groups, colleague.Name, comment), asker, null, cancellation);
    }

    public async Task RemarkAsync(string executionId, string taskRunId, string text, string? inPlaceOf, Asker asker, CancellationToken cancellation)
    {
        var (_, _, wait) = await FindAsync(executionId, taskRunId, cancellation);
        var place = inPlaceOf is null ? null : await delegations.StandInAsync(inPlaceOf, asker.User, wait, cancellation);
        await AskAsync(executionId, new MakeRemark(taskRunId, Named(asker), place?.Name ?? Named(asker), place?.Groups ?? asker.Groups, text), asker, null, cancellation);
    }

    public async Task<IReadOnlyList<ResolvedInput>> ResolveFormAsync(string executionId, string taskRunId, string outcome, IReadOnlyDictionary<string, object?> given, CancellationToken cancellation)
    {
        var (execution, flow, _) = await FindAsync(executionId, taskRunId, cancellation);
        return Form(flow, execution, taskRunId, outcome, given);
    }

    public async Task<IReadOnlyList<ResolvedInput>> ResolveAnswersAsync(string executionId, IReadOnlyDictionary<string, object?> changes, CancellationToken cancellation)
    {
        var execution = (await reader.FindAsync(executionId, cancellation))?.State ?? throw Unknown(executionId);
        return Answers(await flows.OfAsync(execution, cancellation), execution, changes);
    }

    public async Task EditAnswersAsync(string executionId, string taskRunId, IReadOnlyDictionary<string, object?> changes, string? comment, Asker asker, CancellationToken cancellation)
    {
        var (execution, flow, _) = await FindAsync(executionId, taskRunId, cancellation);
        var after = Data.Map();
        foreach (var (id, value) in InputReading.Typed(Answers(flow, execution, changes)))
            after[id] = !changes.Keys.Any(changed => changed == id || changed.StartsWith(id + ".", StringComparison.Ordinal)) && execution.Inputs.TryGetValue(id, out var kept) ? kept : value;
        await AskAsync(executionId, new EditAnswers(taskRunId, Named(asker), after, comment), asker, null, cancellation);
    }

    public async Task<string?> EvidenceAsync(string executionId, string ballotId, CancellationToken cancellation)
    {
        for (var from = 0L; ; from += EventsAtOnce)
        {
            var events = await store.EventsAsync(executionId, from, EventsAtOnce, cancellation);
            foreach (var e in events)
                if ((e is BallotHeld held && held.Ballot.Id == ballotId ? held.Evidence : e is VoteCast cast && cast.Vote.Ballot.Id == ballotId ? cast.Evidence : null) is { } evidence) return evidence;
            if (events.Count < EventsAtOnce) return null;
        }
    }

    private IReadOnlyList<ResolvedInput> Form(Flow flow, Execution execution, string taskRunId, string outcome, IReadOnlyDictionary<string, object?> given) =>
        PausedRun.Find(flow, execution, taskRunId, outcome) is { Asked.Count: > 0 } paused ? inputs.Resolve(flow, execution, paused.Run, paused.Asked, given) : [];

    private IReadOnlyList<ResolvedInput> Answers(Flow flow, Execution execution, IReadOnlyDictionary<string, object?> changes)
    {
        var given = Data.Map();
        // The answers of a form step are given by their dotted names, as a form gives them.
        foreach (var (id, value) in execution.Inputs)
            if (value is IReadOnlyDictionary<string, object?> step && flow.Inputs.Any(input => input.Id == id && input.Type == InputType.Form))
                foreach (var (child, answer) in step) given[$"{id}.{child}"] = answer;
            else given[id] = value;
        foreach (var (id, value) in changes) given[id] = value;
        return inputs.Resolve(flow, given, execution.Id);
    }

    private static IReadOnlyDictionary<string, object?> Only(IReadOnlyDictionary<string, object?> typed, IEnumerable<string> ids)
    {
        var only = Data.Map();
        foreach (var id in ids) only[id] = typed.GetValueOrDefault(id);
        return only;
    }

    private async Task<(Execution, Flow, Wait)> FindAsync(string executionId, string taskRunId, CancellationToken cancellation)
    {
        var execution = (await reader.FindAsync(executionId, cancellation))?.State ?? throw Unknown(executionId);
        var wait = execution.TaskRuns.Find(taskRunId)?.Wait ?? throw RefusedException.NotFound("Nobody is asked about this.");
        return (execution, await flows.OfAsync(execution, cancellation), wait);
    }

    private async Task AskAsync(string executionId, WaitCommand command, Asker asker, long? expectedVersion, CancellationToken cancellation) =>
        await post.AskAsync(executionId, new Errand(command) { ExpectedVersion = expectedVersion, IdempotencyKey = asker.IdempotencyKey }).WaitAsync(cancellation);

    private static string Named(Asker asker) => asker.User ?? throw new RefusedException(RefusalKind.Forbidden, "not_signed_in", "Sign in to do this.");

    private static RefusedException Unknown(string id) => RefusedException.NotFound($"There is no execution {id}.");
}
