using System.Text;
using FlowApps.Plugins.Http;
using FlowApps.Plugins.Triggers.Mail;

namespace FlowApps.Plugins.Tests.Mail;

/// <summary>Letters that come into a mailbox, over real sockets.</summary>
public sealed class MailReceivedTests : IDisposable
{
    private const string Plain = """
        From: =?utf-8?q?Ma=C3=ABlle?= <maelle@example.com>
        To: ines@example.com, "Tomas, the other" <tomas@example.com>
        Subject: =?utf-8?B?R3LDvMOfZQ==?= =?utf-8?B?IGF1cyBCZXJu?=
        Date: Fri, 20 Nov 2026 08:15:00 +0100 (CET)
        Message-ID: <1@example.com>

        Hello
        """;

    private const string Mixed = """
        From: shop@example.com
        To: ines@example.com
        Subject: Order
         of two lines
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="outer 1"

        not shown
        --outer 1
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Caf=C3=A9 =E2=82=AC 5, a line that is =
        broken
        --inner
        Content-Type: text/html; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        <b>Caf=E9</b>
        --inner--
        --outer 1
        Content-Type: application/pdf; name=ignored.pdf
        Content-Disposition: attachment; filename*0*=utf-8''..%2F..%2FRech; filename*1*=nung%20%C3%84.pdf
        Content-Transfer-Encoding: base64

        JVBERi0x
        LjQK
        --outer 1--
        and nothing of this
        """;

    private readonly TaskContextFake context = new TaskContextFake().With(new OutboundPolicy([], []));

    public void Dispose() => context.Dispose();

    [Fact]
    public async Task Letters_that_come_after_the_first_look_are_found_once()
    {
        await using var mailbox = new Mailbox();
        mailbox.Deliver("Subject: old\n\nold");
        Assert.Null(await LookAsync(mailbox));
        Assert.Null(await LookAsync(mailbox));
        mailbox.Deliver(Plain);
        mailbox.Deliver(Plain.Replace("<1@", "<2@", StringComparison.Ordinal));
        var found = await LookAsync(mailbox);
        Assert.Equal(2, found!["total"]);
        var first = Map(((IReadOnlyList<object?>)found["emails"]!)[0]);
        Assert.Equal(("Grüße aus Bern", "maelle@example.com", "<1@example.com>", "2026-11-20T08:15:00+01:00"), (first["subject"], first["from"], first["messageId"], first["date"]));
        Assert.Equal(["ines@example.com", "tomas@example.com"], (IEnumerable<object?>)first["to"]!);
        Assert.Equal("Hello", ((string)first["body"]!).Trim());
        Assert.Equal("<2@example.com>", Map(found["latestEmail"])["messageId"]);
        Assert.Null(await LookAsync(mailbox));
        Assert.Empty(mailbox.Read);
    }

    [Fact]
    public async Task Letters_whose_execution_was_not_stored_are_found_again_and_only_stored_ones_are_marked()
    {
        await using var mailbox = new Mailbox();
        await LookAsync(mailbox);
        var before = context.Memory.Value;
        mailbox.Deliver(Plain);
        Assert.NotNull(await LookAsync(mailbox, confirm: false, marks: true));
        context.Memory.Keep(before);
        Assert.Empty(mailbox.Read);
        Assert.NotNull(await LookAsync(mailbox, marks: true));
        Assert.Equal([1], mailbox.Read);
    }

    [Fact]
    public async Task Parts_are_read_in_their_alphabets_and_attachments_are_stored_under_plain_names()
    {
        await using var mailbox = new Mailbox();
        await LookAsync(mailbox);
        mailbox.Deliver(Mixed);
        var email = Map((await LookAsync(mailbox))!["latestEmail"]);
        Assert.Equal("Order of two lines", email["subject"]);
        Assert.Equal("Café € 5, a line that is broken", email["body"]);
        Assert.Equal("<b>Café</b>", email["html"]);
        var file = Map(Assert.Single((IReadOnlyList<object?>)email["attachments"]!));
        Assert.Equal(("../../Rechnung Ä.pdf", "application/pdf", 9), (file["filename"], file["contentType"], file["size"]));
        Assert.EndsWith("/1/0/Rechnung Ä.pdf", (string)file["uri"]!, StringComparison.Ordinal);
        Assert.Equal("%PDF-1.4\n", await context.ReadAsync(file["uri"]));
    }

    [Fact]
    public async Task Letters_that_are_hardly_any_are_read_as_well_as_can_be()
    {
        await using var mailbox = new Mailbox();
        await LookAsync(mailbox);
        string[] odd =
        [
            "", "\n", "no header at all", "Content-Type: multipart/mixed\n\nno boundary", "Content-Type: multipart/mixed; boundary=x\n\n--x", "Content-Type: multipart/mixed; boundary=x\n\n--x\n--x--",
            "Content-Type: text/plain; charset=klingon\nContent-Transfer-Encoding: base64\n\nA", "Subject: =?utf-8?B?!!!?= =?x?q?=ZZ?=\nFrom: not an address <\nDate: never\n\nx",
            string.Concat(Enumerable.Range(0, 60).Select(depth => $"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n")),
        ];
        foreach (var letter in odd) mailbox.Deliver(letter);
        var random = new Random(4711);
        for (var number = 0; number < 40; number++)
        {
            var bytes = Encoding.UTF8.GetBytes(Mixed.ReplaceLineEndings("\r\n"));
            for (var change = 0; change < 30; change++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            mailbox.Deliver(bytes);
        }
        Assert.Equal(odd.Length + 40, (await LookAsync(mailbox))!["total"]);
    }

    [Fact]
    public async Task A_mailbox_that_numbers_its_letters_anew_is_read_from_there_on()
    {
        await using var mailbox = new Mailbox();
        await LookAsync(mailbox);
        mailbox.Deliver(Plain);
        mailbox.Validity = 8;
        Assert.Null(await LookAsync(mailbox));
        Assert.Contains(context.Lines, line => line.Message.Contains("anew", StringComparison.Ordinal));
        mailbox.Deliver(Plain);
        Assert.Equal(1, (await LookAsync(mailbox))!["total"]);
    }

    [Fact]
    public async Task Tls_is_spoken_and_a_certificate_that_nobody_knows_is_refused()
    {
        await using var mailbox = new Mailbox(tls: true);
        var trigger = Trigger(mailbox) with { Ssl = new(true) };
        await RefusedAsync(trigger, "certificate");
        Assert.Null(await LookAsync(trigger with { TrustAllCertificates = new(true) }));
        mailbox.Deliver(Plain);
        Assert.Equal(1, (await LookAsync(trigger with { TrustAllCertificates = new(true) }))!["total"]);
    }

    [Fact]
    public async Task Refusals_say_what_is_wrong()
    {
        await using var mailbox = new Mailbox();
        var trigger = Trigger(mailbox);
        await RefusedAsync(trigger with { Password = "wrong" }, "AUTHENTICATIONFAILED");
        await RefusedAsync(trigger with { Password = "a\r\nb" }, "printable ASCII");
        await RefusedAsync(trigger with { Folder = "Nowhere" }, "does not open the folder 'Nowhere'");
        mailbox.Instead = ("SELECT", "* OK\r\nTAG OK\r\n");
        await RefusedAsync(trigger, "UIDVALIDITY");
        mailbox.Instead = ("SELECT", new string('x', 300_000));
        await RefusedAsync(trigger, "does not end");
        mailbox.Instead = ("SELECT", "* 1 FETCH (BODY[] {2000000000}\r\n");
        await RefusedAsync(trigger, "more than");
        context.With(new OutboundPolicy(["private"], []));
        await RefusedAsync(trigger, "FlowApps:Outbound");
        Assert.Equal("pop3", Assert.Single((trigger with { Protocol = "POP3" }).Validate()).Code);
    }

    private static IReadOnlyDictionary<string, object?> Map(object? value) => (IReadOnlyDictionary<string, object?>)value!;

    private static MailReceivedTrigger Trigger(Mailbox mailbox) =>
        new() { Id = "t", Type = "email.MailReceivedTrigger", Host = "127.0.0.1", Port = new(mailbox.Port), Username = Mailbox.User, Password = Mailbox.Password, Ssl = new(false), MaxEmails = new(100) };

    private async Task RefusedAsync(MailReceivedTrigger trigger, string words)
    {
        var refusal = await Assert.ThrowsAsync<TaskFailedException>(() => LookAsync(trigger));
        Assert.Contains(words, refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    private Task<IReadOnlyDictionary<string, object?>?> LookAsync(Mailbox mailbox, bool confirm = true, bool marks = false) => LookAsync(Trigger(mailbox) with { MarkAsRead = new(marks) }, confirm);

    /// <summary>One look, and the commit after it.</summary>
    private async Task<IReadOnlyDictionary<string, object?>?> LookAsync(MailReceivedTrigger trigger, bool confirm = true)
    {
        context.Memory.Handover = null;
        try
        {
            var found = await trigger.EvaluateAsync(context, default);
            if (confirm) await context.Memory.Handover!.ConfirmAsync(default);
            return found;
        }
        finally
        {
            if (context.Memory.Handover is { } given) await given.DisposeAsync();
        }
    }
}
