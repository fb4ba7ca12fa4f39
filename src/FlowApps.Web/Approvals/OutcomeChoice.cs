using FlowApps.Domain.Apps;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Approvals;

/// <summary>One way to decide: what is recorded, and what its button says in the app author's words. <c>IsYes</c>: the button that stands out; the other needs a reason.</summary>
public sealed record OutcomeChoice(string Outcome, string Word, bool IsYes)
{
    public static IReadOnlyList<OutcomeChoice> Of(App app) =>
    [
        new(DecisionWords.Approved, Button<ResumeExecutionButtonBlock>(app) ?? "Approve", true),
        new(DecisionWords.Rejected, Button<CancelExecutionButtonBlock>(app) ?? "Reject", false),
    ];

    private static string? Button<TBlock>(App app) where TBlock : ActionBlock =>
        app.Layout.FirstOrDefault(section => section.On == AppState.Pause)?.Blocks.OfType<TBlock>().FirstOrDefault()?.Text;
}
