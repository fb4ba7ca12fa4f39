namespace FlowApps.Plugins.Triggers.Mail;

/// <summary>How a mailbox is spoken to.</summary>
public enum MailProtocol
{
    /// <summary>IMAP4rev1.</summary>
    Imap,

    /// <summary>Not spoken here: it has no numbers that outlive a look.</summary>
    Pop3,
}
