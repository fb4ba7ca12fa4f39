using FlowApps.Domain.Executions;
using FlowApps.Domain.Inputs;

namespace FlowApps.Domain.Approvals;

/// <summary>A decision as a person sends it; values as typed (text) or plain data.</summary>
public sealed record SentDecision(string Outcome)
{
    public string? Comment { get; init; }

    /// <summary>Answers of the outcome's form.</summary>
    public IReadOnlyDictionary<string, object?> Inputs { get; init; } = Values.Data.Map();

    /// <summary>New values of inputs that may be changed while deciding.</summary>
    public IReadOnlyDictionary<string, object?> Changes { get; init; } = Values.Data.Map();

    /// <summary>Words for the requester, by input.</summary>
    public IReadOnlyDictionary<string, string> Asks { get; init; } = new Dictionary<string, string>();

    /// <summary>The colleague in whose place it is decided.</summary>
    public string? For { get; init; }

    /// <summary>Round and evidence that were seen: others are refused.</summary>
    public int? Round { get; init; }

    /// <summary>What was shown, as JSON; its hash goes into the decision.</summary>
    public string? Evidence { get; init; }

    /// <summary>The person has just shown what the policy wants to see once more; the caller has checked it.</summary>
    public bool Confirmed { get; init; }

    /// <summary>How long it can be taken back; null: it counts at once.</summary>
    public TimeSpan? Hold { get; init; }

    /// <summary>The number of events that were seen; another one is a conflict.</summary>
    public long? ExpectedVersion { get; init; }
}

/// <summary>
/// What people do with questions. Every method returns after its effect is durable. Errors: <see cref="Problems.RefusedException"/> NotFound; Invalid with every wrong answer;
/// Forbidden for those who are not asked; Conflict for a decision that came too late or saw something else.
/// </summary>
public interface IApprovals
{
    /// <summary>Decides. The id of the ballot, by which it can be taken back.</summary>
    Task<string> DecideAsync(string executionId, string taskRunId, SentDecision decision, Asker asker, CancellationToken cancellation);

    /// <summary>Takes a held decision back.</summary>
    Task UndoAsync(string executionId, string taskRunId, string ballotId, Asker asker, CancellationToken cancellation);

    /// <summary>Lets a held decision count now; harmless when it does already.</summary>
    Task SettleAsync(string executionId, string taskRunId, string ballotId, Asker asker, CancellationToken cancellation);

    /// <summary>Takes a question on, for colleagues to see.</summary>
    Task ClaimAsync(string executionId, string taskRunId, Asker asker, CancellationToken cancellation);

    Task ReleaseAsync(string executionId, string taskRunId, Asker asker, CancellationToken cancellation);

    /// <summary>Hands the asker's part to a colleague.</summary>
    Task ReassignAsync(string executionId, string taskRunId, string to, string? comment, Asker asker, CancellationToken cancellation);

    /// <summary>Asks back or answers, beside the case. <paramref name="inPlaceOf"/>: the colleague whose place the asker takes. Errors: Invalid for no words or too many.</summary>
    Task RemarkAsync(string executionId, string taskRunId, string text, string? inPlaceOf, Asker asker, CancellationToken cancellation);

    /// <summary>The form of an outcome, resolved with what was given; empty when it has none.</summary>
    Task<IReadOnlyList<ResolvedInput>> ResolveFormAsync(string executionId, string taskRunId, string outcome, IReadOnlyDictionary<string, object?> given, CancellationToken cancellation);

    /// <summary>The execution's own answers with some of them changed, resolved: what a request of changes shows, and what approvers may edit.</summary>
    Task<IReadOnlyList<ResolvedInput>> ResolveAnswersAsync(string executionId, IReadOnlyDictionary<string, object?> changes, CancellationToken cancellation);

    /// <summary>The requester's changed answers; everybody decides anew.</summary>
    Task EditAnswersAsync(string executionId, string taskRunId, IReadOnlyDictionary<string, object?> changes, string? comment, Asker asker, CancellationToken cancellation);

    /// <summary>What was shown when a ballot was sent, as JSON; null when nothing was kept.</summary>
    Task<string?> EvidenceAsync(string executionId, string ballotId, CancellationToken cancellation);
}
