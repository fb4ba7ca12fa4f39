using FlowApps.Domain.Approvals;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Approvals;

/// <summary>One of several cases that are decided together. <c>Aside</c>: why it is not chosen by itself.</summary>
public sealed record SeveralItem(Case Case, IReadOnlyList<RequestAnswer> Telling, string? Aside)
{
    public string Key => $"{Case.Request.Id}~{Case.Wait.TaskRunId}";
}

/// <summary>What became of one case.</summary>
public sealed record SeveralResult(string Title, string Address, string? Refusal);

/// <summary>Cases that are decided with one button, the odd ones set aside and explained.</summary>
public sealed record Several(IReadOnlyList<SeveralItem> Items)
{
    public IReadOnlyList<SeveralResult> Results { get; init; } = [];
    public string? Comment { get; init; }
    public string? Refusal { get; init; }

    /// <summary>Buttons that every case has and that need no answers of their own.</summary>
    public IReadOnlyList<ApprovalOutcome> Outcomes => Items.Count == 0 ? [] :
        [.. Items[0].Case.Outcomes.Where(outcome => outcome.Kind != OutcomeKind.Changes && Items.All(item => item.Case.Outcomes.Any(other => other.Id == outcome.Id && other.Kind == outcome.Kind && !other.HasForm)))];
}
