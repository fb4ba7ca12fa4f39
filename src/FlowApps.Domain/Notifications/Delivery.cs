namespace FlowApps.Domain.Notifications;

/// <summary>The ways out of the product.</summary>
public enum Channel { Mail, Slack, Teams }

/// <summary>
/// Something to send outside, tried again until it arrives or is given up. <c>Target</c>: a mail address, or the id of a chat room. The message is written when it goes out, so
/// that it says how things stand then.
/// </summary>
public sealed record Delivery(string Id, Channel Channel, string Target, Notification Notification, DateTimeOffset Due)
{
    /// <summary>Deliveries of one bundle go out as one message (a digest).</summary>
    public string? Bundle { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the last try failed.</summary>
    public string? Error { get; init; }

    /// <summary>When it was given up.</summary>
    public DateTimeOffset? DeadAt { get; init; }
}
