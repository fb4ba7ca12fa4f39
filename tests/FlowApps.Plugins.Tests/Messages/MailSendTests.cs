using FlowApps.Domain.Mail;
using FlowApps.Plugins.Http;
using FlowApps.Plugins.Mail;
using FlowApps.Plugins.Tasks.Messages;
using FlowApps.Testing.Servers;

namespace FlowApps.Plugins.Tests.Messages;

public sealed class MailSendTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly SmtpServer server = new();
    private readonly TaskContextFake context = new TaskContextFake(("who", "Zoë")).With<IMailer>(new SmtpMailer(new OutboundPolicy([], [])));

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        context.Dispose();
    }

    [Fact]
    public async Task A_letter_arrives_with_everything_that_it_says()
    {
        var file = await context.StoreAsync("list.csv", "a,b");
        await (Letter(server.Port) with
        {
            To = "ann@example.org; Bob <bob@example.org>",
            Cc = "cem@example.org",
            Bcc = "dot@example.org",
            Subject = "Für {{ who }}\nX-Injected: yes",
            PlainTextContent = "Hello {{ who }}",
            HtmlTextContent = "<p>Hello <b>{{ who }}</b></p>",
            Attachments = new(new List<object?> { Data.Map(("name", "list.csv"), ("uri", file), ("contentType", "text/csv")) }),
        }).Done(context);
        var letter = await server.NextAsync();
        Assert.Equal(["ann@example.org", "bob@example.org", "cem@example.org", "dot@example.org"], letter.To.Order(StringComparer.Ordinal));
        Assert.Equal("Für Zoë X-Injected: yes", letter.Subject);
        Assert.Equal("", letter.Header("X-Injected"));
        Assert.DoesNotContain("dot@example.org", letter.Raw, StringComparison.Ordinal);
        Assert.Equal("<execution1.taskrun1.1@flowapps>", letter.Header("Message-ID"));
        Assert.Contains("Hello Zoë", letter.Body, StringComparison.Ordinal);
        Assert.Contains("<p>Hello <b>Zoë</b></p>", letter.Body, StringComparison.Ordinal);
        Assert.Contains("a,b", letter.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_is_not_taken_fails_with_the_servers_own_words()
    {
        server.Refuse = address => address == "nobody@example.org" ? "550 no such user here" : null;
        var failed = await Assert.ThrowsAsync<TaskFailedException>(() => (Letter(server.Port) with { To = "nobody@example.org", PlainTextContent = "x" }).Done(context));
        Assert.Contains("no such user here", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(465, "ann@example.org", "use port 587 with STARTTLS")]
    [InlineData(25, "not an address", "is not one")]
    [InlineData(25, "", "has no recipient")]
    public async Task What_cannot_be_sent_says_why(int port, string to, string why)
    {
        var failed = await Assert.ThrowsAsync<TaskFailedException>(() => (Letter(port) with { To = to, PlainTextContent = "x" }).Done(context));
        Assert.Contains(why, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flows_reach_no_mail_server_that_the_outbound_rules_deny()
    {
        context.With<IMailer>(new SmtpMailer(new OutboundPolicy(["private"], [])));
        var failed = await Assert.ThrowsAsync<TaskFailedException>(() => (Letter(server.Port) with { To = "ann@example.org", PlainTextContent = "x" }).Done(context));
        Assert.Contains("Flows may not reach 127.0.0.1", failed.Message, StringComparison.Ordinal);
    }

    private static MailSend Letter(int port) => new()
    {
        Id = "send",
        Type = "email.MailSend",
        Host = "127.0.0.1",
        Port = new(port),
        TransportStrategy = new("SMTP"),
        SessionTimeout = new(60_000),
        From = "FlowApps <flows@example.org>",
    };
}
