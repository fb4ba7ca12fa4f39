using FlowApps.Domain.Mail;

namespace FlowApps.Plugins.Tasks.Messages;

/// <summary>Sends a letter by e-mail.</summary>
[Plugin("email.MailSend", "io.kestra.plugin.notifications.mail.MailSend", Icon = "mail")]
public sealed record MailSend : RunnableTask
{
    /// <summary>The mail server.</summary>
    public required Property<string> Host { get; init; }

    /// <summary>Its port.</summary>
    public Property<int> Port { get; init; } = new(587);

    /// <summary>The user name there.</summary>
    public Property<string>? Username { get; init; }

    /// <summary>The password there.</summary>
    public Property<string>? Password { get; init; }

    /// <summary>Plain (SMTP) or encrypted with STARTTLS (SMTP_TLS, SMTPS). TLS from the first byte (port 465) is not spoken.</summary>
    public Property<TransportStrategy> TransportStrategy { get; init; } = new(Messages.TransportStrategy.Smtps);

    /// <summary>How long to wait for the server, in milliseconds.</summary>
    public Property<int> SessionTimeout { get; init; } = new(10_000);

    /// <summary>Whom it comes from.</summary>
    public required Property<string> From { get; init; }

    /// <summary>Whom it goes to; several addresses with semicolons between.</summary>
    public Property<string>? To { get; init; }

    /// <summary>Who gets a copy; several addresses with semicolons between.</summary>
    public Property<string>? Cc { get; init; }

    /// <summary>Who gets a copy that the others do not see.</summary>
    public Property<string>? Bcc { get; init; }

    /// <summary>Where answers go.</summary>
    public Property<string>? ReplyTo { get; init; }

    /// <summary>The subject.</summary>
    public Property<string>? Subject { get; init; }

    /// <summary>The letter as HTML.</summary>
    public Property<string>? HtmlTextContent { get; init; }

    /// <summary>The letter as plain text, for readers that show no HTML.</summary>
    public Property<string>? PlainTextContent { get; init; }

    /// <summary>Files to attach: a list of <c>{name, uri, contentType}</c>, or an expression that gives one.</summary>
    public Property<object>? Attachments { get; init; }

    /// <summary>Images that the HTML shows as <c>cid:</c> and their name; the same list.</summary>
    public Property<object>? EmbeddedImages { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var strategy = context.Render(TransportStrategy);
        var server = new MailServer(context.Render(Host)!.Trim(), context.Render(Port))
        {
            Encrypted = strategy is not Messages.TransportStrategy.Smtp,
            Username = context.Render(Username) is { Length: > 0 } user ? user : null,
            Password = context.Render(Password),
            Timeout = TimeSpan.FromMilliseconds(context.Render(SessionTimeout)),
        };
        var files = new List<MailFile>();
        try
        {
            await AddAsync(files, Attachments, false, context, cancellation);
            await AddAsync(files, EmbeddedImages, true, context, cancellation);
            var letter = new Email(context.Render(From)!, Addresses(context.Render(To)), context.Render(Subject) ?? "")
            {
                Cc = Addresses(context.Render(Cc)),
                Bcc = Addresses(context.Render(Bcc)),
                ReplyTo = Addresses(context.Render(ReplyTo)),
                Html = context.Render(HtmlTextContent),
                Text = context.Render(PlainTextContent),
                Files = files,
                MessageId = $"{context.IdempotencyKey}@flowapps",
            };
            await context.Port<IMailer>().SendAsync(server, letter, cancellation);
            return TaskOutcome.Success();
        }
        catch (MailRefusedException refused)
        {
            throw new TaskFailedException(refused.Message, null, refused);
        }
        finally
        {
            foreach (var file in files) await file.Content.DisposeAsync();
        }
    }

    private static async Task AddAsync(List<MailFile> files, Property<object>? wanted, bool inside, TaskContext context, CancellationToken cancellation)
    {
        foreach (var file in Listed(wanted?.Raw is string template ? context.RenderTyped(template) : context.RenderDeep(wanted?.Raw)))
        {
            if (file is not IReadOnlyDictionary<string, object?> map || map.GetValueOrDefault("name") is not string name || map.GetValueOrDefault("uri") is not string uri)
                throw new TaskFailedException("Each file of a letter needs a name and a uri.");
            files.Add(new MailFile(name, await context.OpenFileAsync(uri, cancellation), map.GetValueOrDefault("contentType") as string, inside ? name : null));
        }
    }

    /// <summary>A list, or JSON of one as text.</summary>
    private static IReadOnlyList<object?> Listed(object? value) => value switch
    {
        null or "" => [],
        IReadOnlyList<object?> list => list,
        string text when text.TrimStart().StartsWith('[') => Data.Parse(text) as IReadOnlyList<object?> ?? [],
        _ => throw new TaskFailedException("The files of a letter are a list of names and uris."),
    };

    private static List<string> Addresses(string? text) => [.. (text ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
