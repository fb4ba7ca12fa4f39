namespace FlowApps.Domain.Mail;

/// <summary>A letter by e-mail: as text, as HTML, or both. Addresses may be written as <c>Ann &lt;ann@example.org&gt;</c>.</summary>
public sealed record Email(string From, IReadOnlyList<string> To, string Subject)
{
    public IReadOnlyList<string> Cc { get; init; } = [];
    public IReadOnlyList<string> Bcc { get; init; } = [];
    public IReadOnlyList<string> ReplyTo { get; init; } = [];
    public string? Text { get; init; }
    public string? Html { get; init; }
    public IReadOnlyList<MailFile> Files { get; init; } = [];

    /// <summary>The same for every try of the same letter, so that a mailbox shows a repeat once.</summary>
    public string? MessageId { get; init; }
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

/// <summary>A file that goes with a letter. <c>ContentId</c>: shown inside the HTML (<c>cid:</c>) instead of attached.</summary>
public sealed record MailFile(string Name, Stream Content, string? ContentType = null, string? ContentId = null);
