namespace FlowApps.Domain.Mail;

/// <summary>Where letters are handed in. <c>Encrypted</c>: STARTTLS is required.</summary>
public sealed record MailServer(string Host, int Port = 25)
{
    public bool Encrypted { get; init; }
    public string? Username { get; init; }
    public string? Password { get; init; }

    /// <summary>Named by the administrator of this installation: the rules for addresses that flows may reach do not apply.</summary>
    public bool Trusted { get; init; }
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Hands letters to a mail server. Errors: <see cref="MailRefusedException"/> with a message for its reader.</summary>
public interface IMailer
{
    Task SendAsync(MailServer server, Email mail, CancellationToken cancellation);
}
