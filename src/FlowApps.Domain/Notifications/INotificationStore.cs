using FlowApps.Domain.Values;

namespace FlowApps.Domain.Notifications;

/// <summary>Everything that one notice leads to; written together, or not at all.</summary>
/// <param name="Notifications">New lines of notification centres.</param>
/// <param name="Deliveries">What goes out.</param>
public sealed record Telling(IReadOnlyList<Notification> Notifications, IReadOnlyList<Delivery> Deliveries)
{
    /// <summary>Nothing can be done any more about the question (execution, task run): earlier lines about it say why, and need not be read.</summary>
    public (string ExecutionId, string TaskRunId, string Why)? Settles { get; init; }
}

/// <summary>
/// Notices (the outbox that commits fill), the lines that people read, and what is on its way out. Every notice is told once, whatever dies in between; a delivery is
/// repeated until its end is noted, so a message can arrive twice, never not at all.
/// </summary>
public interface INotificationStore
{
    /// <summary>Notices that nobody has told yet, oldest first.</summary>
    Task<IReadOnlyList<Notice>> NoticesAsync(int limit, CancellationToken cancellation);

    /// <summary>
    /// Takes the notices out of the outbox and writes what each leads to, in their order, all or none of it. Returns the ids of those that this call took: another process may have
    /// been faster with some.
    /// </summary>
    Task<IReadOnlySet<string>> TellAsync(IReadOnlyList<(Notice Notice, Telling Telling)> tellings, CancellationToken cancellation);

    /// <summary>A person's lines, newest first.</summary>
    Task<Page<Notification>> OfAsync(string person, bool unread, PageRequest page, CancellationToken cancellation);

    /// <summary>One line of a person; null when it is not theirs.</summary>
    Task<Notification?> FindAsync(string person, string id, CancellationToken cancellation);

    Task<long> CountUnreadAsync(string person, CancellationToken cancellation);

    /// <summary>Marks a line, or all of a person's lines, as read; returns how many were not.</summary>
    Task<int> ReadAsync(string person, string? id, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Takes what is due, whole bundles together; nobody else gets it until the lease is over. Each taking counts as an attempt.</summary>
    Task<IReadOnlyList<Delivery>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellation);

    /// <summary>It arrived: the deliveries are gone.</summary>
    Task SentAsync(IReadOnlyList<string> ids, CancellationToken cancellation);

    /// <summary>It did not arrive. <paramref name="next"/>: when to try again; null gives it up.</summary>
    Task FailedAsync(IReadOnlyList<string> ids, string error, DateTimeOffset now, DateTimeOffset? next, CancellationToken cancellation);

    /// <summary>What failed at least once: given up, or waiting for the next try; newest first.</summary>
    Task<Page<Delivery>> TroubledAsync(PageRequest page, CancellationToken cancellation);

    /// <summary>Tries something that was given up once more; false when it is gone.</summary>
    Task<bool> RetryAsync(string id, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Removes lines older than a time; returns how many.</summary>
    Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellation);
}
