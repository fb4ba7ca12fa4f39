namespace FlowApps.Domain.Notifications;

/// <summary>One line of a person's notification centre, in their language.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="Person">User name of who is told.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When it happened.</param>
/// <param name="ExecutionId">The request it is about.</param>
/// <param name="Title">What it is about, in a few words.</param>
/// <param name="Text">What happened, in a sentence.</param>
public sealed record Notification(string Id, string Person, NoticeKind Kind, DateTimeOffset At, string ExecutionId, string Title, string Text)
{
    /// <summary>The question that it asks about; null for news.</summary>
    public string? TaskRunId { get; init; }

    /// <summary>What the person said: shown as a quotation.</summary>
    public string? Quote { get; init; }
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Why nothing can be done about it any more, such as "Approved by Tomás Okafor"; null while it can.</summary>
    public string? Settled { get; init; }
}
