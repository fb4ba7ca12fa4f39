using System.Net;
using System.Net.Mail;
using FlowApps.Domain.Mail;
using FlowApps.Plugins.Http;

namespace FlowApps.Plugins.Mail;

/// <summary>Letters over SMTP, to servers that the outbound rules permit.</summary>
internal sealed class SmtpMailer(OutboundPolicy policy) : IMailer
{
    private const int ImplicitTls = 465;

    public async Task SendAsync(MailServer server, Email mail, CancellationToken cancellation)
    {
        if (server.Port == ImplicitTls) throw new MailRefusedException($"Port {ImplicitTls} speaks TLS from the first byte, which is not supported: use port 587 with STARTTLS.", forever: true);
        using var message = Compose(mail);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(server.Timeout);
        try
        {
            var addresses = server.Trusted ? await System.Net.Dns.GetHostAddressesAsync(server.Host, limit.Token) : await policy.AddressesAsync(server.Host, limit.Token);
            if (addresses.Length == 0) throw new MailRefusedException(OutboundPolicy.Denial(server.Host), forever: true);
            // A certificate names the host, so only a plain connection can go to the very address that was checked.
            using var client = new SmtpClient(server.Encrypted ? server.Host : addresses[0].ToString(), server.Port) { EnableSsl = server.Encrypted, UseDefaultCredentials = false };
            if (server.Username is not null) client.Credentials = new NetworkCredential(server.Username, server.Password);
            await client.SendMailAsync(message, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new MailRefusedException($"{server.Host} did not take the letter within {server.Timeout.TotalSeconds:0} seconds.", forever: false, e);
        }
        catch (SmtpException e)
        {
            throw new MailRefusedException($"{server.Host} did not take the letter: {Reason(e)}", IsForever(e), e);
        }
        catch (System.Net.Sockets.SocketException e)
        {
            throw new MailRefusedException($"{server.Host} cannot be found: {e.Message}", forever: false, e);
        }
    }

    private static MailMessage Compose(Email mail)
    {
        try
        {
            var message = new MailMessage { From = new MailAddress(mail.From), Subject = OneLine(mail.Subject), SubjectEncoding = System.Text.Encoding.UTF8, BodyEncoding = System.Text.Encoding.UTF8 };
            foreach (var address in mail.To) message.To.Add(address);
            foreach (var address in mail.Cc) message.CC.Add(address);
            foreach (var address in mail.Bcc) message.Bcc.Add(address);
            foreach (var address in mail.ReplyTo) message.ReplyToList.Add(address);
            if (message.To.Count + message.CC.Count + message.Bcc.Count == 0) throw new MailRefusedException("The letter has no recipient.", forever: true);
            if (mail.MessageId is { } id) message.Headers.Add("Message-ID", $"<{OneLine(id)}>");
            foreach (var (name, value) in mail.Headers) message.Headers.Add(OneLine(name), OneLine(value));
            if (mail.Text is { } text) message.Body = text;
            if (mail.Html is { } html) AddHtml(message, html, mail);
            foreach (var file in mail.Files.Where(file => file.ContentId is null || mail.Html is null)) message.Attachments.Add(new Attachment(file.Content, file.Name, file.ContentType));
            return message;
        }
        catch (FormatException e)
        {
            throw new MailRefusedException($"An address of the letter is not one: {e.Message}", forever: true, e);
        }
    }

    private static void AddHtml(MailMessage message, string html, Email mail)
    {
        var view = AlternateView.CreateAlternateViewFromString(html, System.Text.Encoding.UTF8, "text/html");
        foreach (var file in mail.Files.Where(file => file.ContentId is not null))
            view.LinkedResources.Add(new LinkedResource(file.Content, file.ContentType ?? "application/octet-stream") { ContentId = file.ContentId });
        message.AlternateViews.Add(view);
    }

    /// <summary>Headers end at a line's end; what would begin another one becomes a space.</summary>
    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static bool IsForever(SmtpException e) =>
        e is SmtpFailedRecipientException || (int)e.StatusCode is >= 500 and < 600 && e.StatusCode is not (SmtpStatusCode.MustIssueStartTlsFirst or SmtpStatusCode.TransactionFailed);

    private static string Reason(SmtpException e) => e.InnerException is { } inner && e.StatusCode == SmtpStatusCode.GeneralFailure ? inner.Message : e.Message;
}
