using FlowApps.Domain.Approvals;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Approvals;

/// <summary>An open question as its approver sees it: the request, the form that goes with the answer, what was typed so far.</summary>
public sealed record Case(RequestView Request, Wait Wait, IReadOnlyList<ResolvedInput> Inputs)
{
    public IReadOnlyDictionary<string, object?> Entries { get; init; } = Data.Map();
    public string? Comment { get; init; }

    /// <summary>Null: the answer was sent, every error shows.</summary>
    public IReadOnlySet<string>? Touched { get; init; } = new HashSet<string>();

    /// <summary>Why the answer was not taken, in a sentence.</summary>
    public string? Refusal { get; init; }
    public string? CommentError { get; init; }
    public bool MayDecide { get; init; }

    public string Title => Wait.Title ?? Request.Titles.GetValueOrDefault(Wait.TaskId) ?? Request.Headline;

    /// <summary>What the buttons say: the app author's words.</summary>
    public string Approve => OutcomeChoice.Of(Request.App)[0].Word;

    public string Reject => OutcomeChoice.Of(Request.App)[1].Word;

    public bool HasWrong => Inputs.Any(input => input.Enabled && input.Errors.Count > 0);
}
