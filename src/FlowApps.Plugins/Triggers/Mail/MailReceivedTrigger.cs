using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Plugins.Http;
using FlowApps.Plugins.Mail;

namespace FlowApps.Plugins.Triggers.Mail;

/// <summary>
/// Looks into a mailbox again and again and starts an execution with the letters that are new (<c>trigger.emails</c>, <c>trigger.latestEmail</c>, <c>trigger.total</c>). The first
/// look takes none, it only notes where new ones begin. How far was read is stored with the execution, so that none is lost or found twice.
/// </summary>
[Plugin("email.MailReceivedTrigger", "io.kestra.plugin.mail.MailReceivedTrigger", "io.kestra.plugin.notifications.mail.MailReceivedTrigger", Icon = "mail-opened")]
public sealed record MailReceivedTrigger : PollingTrigger, IValidated
{
    private const string Validity = "validity", NextNumber = "next";
    private const int Tls = 993, Plain = 143, LargestLetter = 25 * 1024 * 1024;

    /// <summary>IMAP; POP3 is not spoken.</summary>
    public Property<MailProtocol> Protocol { get; init; } = "IMAP";

    /// <summary>The mail server.</summary>
    public required Property<string> Host { get; init; }

    /// <summary>Its port; 993 by default, 143 without TLS.</summary>
    public Property<int>? Port { get; init; }

    /// <summary>Whose mailbox it is.</summary>
    public required Property<string> Username { get; init; }

    /// <summary>The password; a secret.</summary>
    public required Property<string> Password { get; init; }

    /// <summary>The folder.</summary>
    public Property<string> Folder { get; init; } = "INBOX";

    /// <summary>Whether TLS is spoken from the first byte.</summary>
    public Property<bool> Ssl { get; init; } = new(true);

    /// <summary>Whether any certificate will do, which lets others listen: for tests.</summary>
    public Property<bool> TrustAllCertificates { get; init; } = new(false);

    /// <summary>How many letters one execution gets at most.</summary>
    public Property<int> MaxEmails { get; init; } = new(50);

    /// <summary>Whether letters are marked as read once their execution is stored.</summary>
    public Property<bool> MarkAsRead { get; init; } = new(false);

    public IEnumerable<Problem> Validate()
    {
        if (Protocol.Raw is "POP3") yield return new Problem("pop3", "POP3 is not spoken; most mailboxes speak IMAP too.", "protocol");
    }

    public override async ValueTask<IReadOnlyDictionary<string, object?>?> EvaluateAsync(TaskContext context, CancellationToken cancellation)
    {
        var tls = context.Render(Ssl);
        var server = new ImapServer((context.Render(Host) ?? "").Trim(), context.Render(Port, tls ? Tls : Plain), tls, context.Render(TrustAllCertificates));
        var mailbox = await ImapConnection.OpenAsync(server, context.Port<OutboundPolicy>(), cancellation);
        var handover = new Handover(mailbox, context.Render(MarkAsRead));
        context.Memory.Handover = handover;
        await mailbox.SignInAsync(context.Render(Username) ?? "", context.Render(Password) ?? "", cancellation);
        var (validity, next) = await mailbox.SelectAsync(context.Render(Folder) ?? "INBOX", cancellation);
        var memory = context.Memory.Value;
        if (!Equals(Number(memory, Validity), validity))
        {
            // The first look, or the server has numbered its letters anew.
            if (memory.Count > 0) context.Log(Domain.Logs.LogLevel.Warn, "The mailbox has numbered its letters anew; those that came in between cannot be told from older ones.");
            context.Memory.Keep(Data.Map((Validity, validity), (NextNumber, next)));
            return null;
        }
        var emails = new List<object?>();
        foreach (var number in (await mailbox.NumbersFromAsync(Number(memory, NextNumber) ?? next, cancellation)).Take(context.Render(MaxEmails)))
        {
            next = number + 1;
            handover.Numbers.Add(number);
            if (await mailbox.FetchAsync(number, LargestLetter, cancellation) is not var (bytes, isWhole)) continue;
            if (!isWhole) context.Log(Domain.Logs.LogLevel.Warn, $"A letter is larger than {LargestLetter / 1024 / 1024} MB: only its headers were read.");
            emails.Add(await ReceivedEmail.ReadAsync(context, number, new MimePart(bytes), isWhole, cancellation));
        }
        if (handover.Numbers.Count == 0) return null;
        context.Memory.Keep(Data.Map((Validity, validity), (NextNumber, next)));
        return emails.Count == 0 ? null : Data.Map(("latestEmail", emails[^1]), ("total", emails.Count), ("emails", emails));
    }

    private static long? Number(IReadOnlyDictionary<string, object?> memory, string name) => memory.GetValueOrDefault(name) switch { int number => number, long number => number, _ => null };

    private sealed class Handover(ImapConnection mailbox, bool marks) : IHandover
    {
        public List<long> Numbers { get; } = [];

        public Task ConfirmAsync(CancellationToken cancellation) => marks && Numbers.Count > 0 ? mailbox.MarkAsReadAsync(Numbers, cancellation) : Task.CompletedTask;

        public ValueTask DisposeAsync() => mailbox.DisposeAsync();
    }
}
