namespace FlowApps.Plugins.Mail;

/// <summary>Where a mailbox is. <paramref name="TrustsAll"/>: certificates are not looked at.</summary>
internal sealed record ImapServer(string Host, int Port, bool Tls, bool TrustsAll);
