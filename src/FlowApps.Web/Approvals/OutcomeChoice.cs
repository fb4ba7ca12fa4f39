using FlowApps.Domain.Approvals;
using FlowApps.Domain.Apps;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Approvals;

/// <summary>One way to decide: what is recorded, and what its button says. <c>IsYes</c>: the button that stands out and needs no reason.</summary>
public sealed record OutcomeChoice(string Outcome, string Word, bool IsYes)
{
    /// <summary>The button that warns.</summary>
    public bool IsNo { get; init; }

    /// <summary>The ways that one button can take: not the request of changes, which needs more than that.</summary>
    public static IReadOnlyList<OutcomeChoice> Of(App app, Wait wait) =>
        [.. wait.Policy.Outcomes.Where(outcome => outcome.Kind != OutcomeKind.Changes).Select(outcome => new OutcomeChoice(outcome.Id, WordOf(app, outcome), outcome.Kind == OutcomeKind.Approve) { IsNo = outcome.Kind == OutcomeKind.Reject })];

    /// <summary>The flow's words, else the app author's, else the plain ones.</summary>
    public static string WordOf(App app, ApprovalOutcome outcome) => outcome.Label ?? outcome.Id switch
    {
        ApprovalOutcome.Approved => Button<ResumeExecutionButtonBlock>(app) ?? "Approve",
        ApprovalOutcome.Rejected => Button<CancelExecutionButtonBlock>(app) ?? "Reject",
        _ => outcome.Kind switch { OutcomeKind.Approve => "Approve", OutcomeKind.Reject => "Reject", OutcomeKind.Changes => "Request changes", _ => TaskWords.Of(outcome.Id) },
    };

    private static string? Button<TBlock>(App app) where TBlock : ActionBlock =>
        app.Layout.FirstOrDefault(section => section.On == AppState.Pause)?.Blocks.OfType<TBlock>().FirstOrDefault()?.Text;
}
