namespace FlowApps.Plugins.Tasks.Messages;

/// <summary>How a letter travels to its server: plain, or encrypted with STARTTLS. SMTPS is taken as SMTP_TLS on any port but 465.</summary>
public enum TransportStrategy { Smtp, Smtps, SmtpTls }
