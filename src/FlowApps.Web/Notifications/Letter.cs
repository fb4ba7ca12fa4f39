using FlowApps.Domain.Notifications;
using FlowApps.Web.Look;

namespace FlowApps.Web.Notifications;

/// <summary>What a letter says, before it is text and HTML. <c>Settings</c>: where the reader changes how they are told; null for a guest.</summary>
public sealed record Letter(string Greeting, IReadOnlyList<LetterItem> Items, NoticeWords Words, string Company, string? Settings);

/// <summary>One thing in it, with the answers that a question is about and the links that lead to deciding. <c>Page</c>: null for a guest, who can only decide.</summary>
public sealed record LetterItem(Notification Line, string? Page, IReadOnlyList<AnswerList.Answer> Answers, DateTimeOffset? Due, IReadOnlyList<LetterAction> Actions);

/// <summary>A button of a letter. <c>IsYes</c>: the one that stands out.</summary>
public sealed record LetterAction(string Word, string Address, bool IsYes)
{
    /// <summary>The one that warns.</summary>
    public bool IsNo { get; init; }
}
