using FlowApps.Domain.Approvals;
using FlowApps.Domain.Flows;

namespace FlowApps.Domain.Notifications;

/// <summary>What happened that people want to hear of.</summary>
public enum NoticeKind
{
    /// <summary>People are asked to decide.</summary>
    Asked,

    /// <summary>They are reminded of it.</summary>
    Reminded,

    /// <summary>Others are asked, since nobody answered.</summary>
    Escalated,

    /// <summary>The requester is to change answers.</summary>
    ChangesAsked,

    /// <summary>Somebody asked back or answered beside the case.</summary>
    Remarked,

    /// <summary>Somebody decided, or the time to decide ran out.</summary>
    Decided,

    /// <summary>The question was taken back: the request ended otherwise.</summary>
    Withdrawn,
    Finished,
    Failed,
}

/// <summary>
/// One cause of letters, written in the commit that made it happen. Who hears of it, in which words and by which way is decided afterwards, once, when it is told.
/// <c>Wait</c>: the question that is meant, as it was asked; with its decision when there is one. <c>FromApp</c>: the request came through an app.
/// </summary>
public sealed record Notice(string Id, NoticeKind Kind, DateTimeOffset At, string ExecutionId, FlowId Flow)
{
    public string? Requester { get; init; }
    public Wait? Wait { get; init; }
    public bool FromApp { get; init; }
}
