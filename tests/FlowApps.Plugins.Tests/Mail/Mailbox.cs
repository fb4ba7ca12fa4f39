using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowApps.Plugins.Tests.Mail;

/// <summary>A mailbox of a test's own that speaks enough IMAP, with TLS or without, and can be told to misbehave.</summary>
internal sealed class Mailbox : IAsyncDisposable
{
    public const string User = "ines@example.com", Password = "mast \"2026\"";
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2? certificate;
    private readonly ConcurrentBag<Task> sessions = [];
    private readonly Task accepting;

    public Mailbox(bool tls = false)
    {
        certificate = tls ? Certificate() : null;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public SortedDictionary<long, byte[]> Letters { get; } = [];

    public ConcurrentQueue<long> Read { get; } = new();

    public long Validity { get; set; } = 7;

    /// <summary>Said instead of the answer to a command that begins so.</summary>
    public (string Command, string Answer)? Instead { get; set; }

    public void Deliver(string letter) => Deliver(Encoding.UTF8.GetBytes(letter.ReplaceLineEndings("\r\n")));

    public void Deliver(byte[] letter) => Letters[Letters.Count == 0 ? 1 : Letters.Keys.Max() + 1] = letter;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var session in sessions) await session.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        certificate?.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested) sessions.Add(TalkAsync(await listener.AcceptTcpClientAsync(stop.Token)));
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        Stream stream = client.GetStream();
        if (certificate is not null)
        {
            var secure = new SslStream(stream);
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
            stream = secure;
        }
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await SayAsync(stream, "* OK ready\r\n");
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            var (tag, command) = (line.Split(' ')[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            if (Instead is { } instead && command.StartsWith(instead.Command, StringComparison.Ordinal)) await SayAsync(stream, instead.Answer.Replace("TAG", tag, StringComparison.Ordinal));
            else await AnswerAsync(stream, tag, command);
        }
    }

    private async Task AnswerAsync(Stream stream, string tag, string command)
    {
        if (command.StartsWith("LOGIN ", StringComparison.Ordinal))
            await SayAsync(stream, command == $"LOGIN \"{User}\" \"{Password.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" ? $"{tag} OK\r\n" : $"{tag} NO [AUTHENTICATIONFAILED] Wrong\r\n");
        else if (command == "SELECT \"INBOX\"")
            await SayAsync(stream, $"* {Letters.Count} EXISTS\r\n* OK [UIDVALIDITY {Validity}] valid\r\n* OK [UIDNEXT {Next}] next\r\n{tag} OK [READ-WRITE]\r\n");
        else if (Regex.Match(command, @"^UID SEARCH UID (\d+):\*$") is { Success: true } search)
        {
            // As the standard has it: a range that begins after the newest letter holds the newest.
            var found = Letters.Keys.Where(number => number >= Number(search) || number == Next - 1);
            await SayAsync(stream, $"* SEARCH {string.Join(' ', found)}\r\n{tag} OK\r\n");
        }
        else if (Regex.Match(command, @"^UID FETCH (\d+) \(RFC822\.SIZE\)$") is { Success: true } size)
            await SayAsync(stream, Letters.TryGetValue(Number(size), out var letter) ? $"* 1 FETCH (UID {Number(size)} RFC822.SIZE {letter.Length})\r\n{tag} OK\r\n" : $"{tag} OK\r\n");
        else if (Regex.Match(command, @"^UID FETCH (\d+) \(BODY\.PEEK\[(HEADER)?\]\)$") is { Success: true } fetch)
        {
            var all = Letters[Number(fetch)];
            var bytes = fetch.Groups[2].Success ? all[..(all.AsSpan().IndexOf("\r\n\r\n"u8) + 4)] : all;
            await SayAsync(stream, $"* 1 FETCH (UID {Number(fetch)} BODY[{fetch.Groups[2].Value}] {{{bytes.Length}}}\r\n");
            await stream.WriteAsync(bytes, stop.Token);
            await SayAsync(stream, $")\r\n{tag} OK\r\n");
        }
        else if (Regex.Match(command, @"^UID STORE ([\d,]+) \+FLAGS\.SILENT \(\\Seen\)$") is { Success: true } store)
        {
            foreach (var number in store.Groups[1].Value.Split(',')) Read.Enqueue(long.Parse(number, CultureInfo.InvariantCulture));
            await SayAsync(stream, $"{tag} OK\r\n");
        }
        else await SayAsync(stream, $"{tag} BAD what?\r\n");
    }

    private long Next => Letters.Count == 0 ? 1 : Letters.Keys.Max() + 1;

    private static long Number(Match match) => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    private Task SayAsync(Stream stream, string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text), stop.Token).AsTask();

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mailbox.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
