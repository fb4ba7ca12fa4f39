namespace FlowApps.Domain.Mail;

/// <summary>A letter was not taken. <c>Forever</c>: the server will never take it (an address that does not exist), so trying again is of no use.</summary>
public sealed class MailRefusedException(string message, bool forever, Exception? inner = null) : Exception(message, inner)
{
    public bool Forever { get; } = forever;
}
