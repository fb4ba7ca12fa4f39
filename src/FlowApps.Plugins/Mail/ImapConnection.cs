using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using FlowApps.Plugins.Http;

namespace FlowApps.Plugins.Mail;

/// <summary>
/// A conversation with a mailbox in as much of IMAP4rev1 (RFC 3501) as looking for new letters needs. Everything the server says is bounded, in length and in time.
/// Errors: <see cref="TaskFailedException"/> with what the server said.
/// </summary>
internal sealed partial class ImapConnection : IAsyncDisposable
{
    private const int LongestLine = 64 * 1024, MostLines = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly string host;
    private readonly Stream stream;
    private readonly byte[] buffer = new byte[32 * 1024];
    private int at, end, commands;

    private ImapConnection(string host, Stream stream) => (this.host, this.stream) = (host, stream);

    public static Task<ImapConnection> OpenAsync(ImapServer server, OutboundPolicy policy, CancellationToken cancellation) => InTimeAsync(server.Host, async limit =>
    {
        var addresses = await policy.AddressesAsync(server.Host, limit);
        if (addresses.Length == 0) throw new TaskFailedException(OutboundPolicy.Denial(server.Host));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(addresses, server.Port, limit);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (server.Tls)
            {
                var secure = new SslStream(stream);
                stream = secure;
                await secure.AuthenticateAsClientAsync(server.TrustsAll ? Trusting() : new SslClientAuthenticationOptions { TargetHost = server.Host }, limit);
            }
            var connection = new ImapConnection(server.Host, stream);
            var greeting = (await connection.ReadAsync(LongestLine, limit)).Text;
            return greeting.StartsWith("* OK", StringComparison.OrdinalIgnoreCase) ? connection : throw new TaskFailedException($"{server.Host} does not greet as a mailbox does: {Short(greeting)}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }, cancellation);

    public async Task SignInAsync(string username, string password, CancellationToken cancellation) =>
        await AskAsync($"LOGIN {Quoted(username)} {Quoted(password)}", "does not let us in", LongestLine, cancellation);

    /// <summary>Opens a folder. Returns what makes its numbers valid, and the number that the next letter will have.</summary>
    public async Task<(long Validity, long Next)> SelectAsync(string folder, CancellationToken cancellation)
    {
        var said = await AskAsync($"SELECT {Quoted(folder)}", $"does not open the folder '{folder}'", LongestLine, cancellation);
        return (Number("UIDVALIDITY"), Number("UIDNEXT"));

        long Number(string name) => said.Select(line => Regex.Match(line.Text, $@"\[{name} (\d+)\]")).FirstOrDefault(match => match.Success) is { } found
            ? long.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new TaskFailedException($"{host} does not tell the {name} of the folder '{folder}'.");
    }

    /// <summary>The numbers of the letters from one number on, the oldest first.</summary>
    public async Task<IReadOnlyList<long>> NumbersFromAsync(long first, CancellationToken cancellation) =>
    [
        .. (await AskAsync($"UID SEARCH UID {first}:*", "does not search", 1024 * 1024, cancellation)).Where(line => line.Text.StartsWith("* SEARCH", StringComparison.OrdinalIgnoreCase))
            .SelectMany(line => line.Text["* SEARCH".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(word => long.Parse(word, CultureInfo.InvariantCulture))
            // A range whose end is the newest letter holds that one even when it is older.
            .Where(number => number >= first).Distinct().Order(),
    ];

    /// <summary>A letter as it came, or only its headers when it is larger; null when it is gone. It is not marked as read.</summary>
    public async Task<(byte[] Bytes, bool IsWhole)?> FetchAsync(long number, int largest, CancellationToken cancellation)
    {
        var facts = await AskAsync($"UID FETCH {number} (RFC822.SIZE)", "does not hand over a letter", LongestLine, cancellation);
        if (facts.Select(line => Size().Match(line.Text)).FirstOrDefault(match => match.Success) is not { } size) return null;
        var whole = long.Parse(size.Groups[1].Value, CultureInfo.InvariantCulture) <= largest;
        var letter = await AskAsync($"UID FETCH {number} (BODY.PEEK[{(whole ? "" : "HEADER")}])", "does not hand over a letter", largest, cancellation);
        return letter.FirstOrDefault(line => line.Content is not null).Content is { } bytes ? (bytes, whole) : null;
    }

    public Task MarkAsReadAsync(IReadOnlyList<long> numbers, CancellationToken cancellation) =>
        AskAsync($@"UID STORE {string.Join(',', numbers)} +FLAGS.SILENT (\Seen)", "does not mark letters as read", LongestLine, cancellation);

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private Task<List<(string Text, byte[]? Content)>> AskAsync(string command, string refusal, int longest, CancellationToken cancellation) => InTimeAsync(host, async limit =>
    {
        var tag = $"a{++commands}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{tag} {command}\r\n"), limit);
        var said = new List<(string Text, byte[]? Content)>();
        while (said.Count < MostLines)
        {
            var line = await ReadAsync(longest, limit);
            if (!line.Text.StartsWith(tag + " ", StringComparison.Ordinal)) said.Add(line);
            else return line.Text.StartsWith(tag + " OK", StringComparison.OrdinalIgnoreCase) ? said : throw new TaskFailedException($"{host} {refusal}: {Short(line.Text[tag.Length..].Trim())}");
        }
        throw new TaskFailedException($"{host} does not come to an end.");
    }, cancellation);

    /// <summary>One answer; contents of a stated length within it are taken out, the first of them is kept.</summary>
    private async Task<(string Text, byte[]? Content)> ReadAsync(int longest, CancellationToken cancellation)
    {
        var (text, content) = (new StringBuilder(), (byte[]?)null);
        while (true)
        {
            var line = await LineAsync(Math.Max(longest, LongestLine), cancellation);
            text.Append(line);
            if (Literal().Match(line) is not { Success: true } literal) return (text.ToString(), content);
            if (!int.TryParse(literal.Groups[1].Value, CultureInfo.InvariantCulture, out var length) || length > longest) throw new TaskFailedException($"{host} wants to send more than the {longest} bytes that were asked for.");
            var bytes = new byte[length];
            for (var filled = 0; filled < length;)
            {
                if (at == end) await FillAsync(cancellation);
                var count = Math.Min(length - filled, end - at);
                buffer.AsSpan(at, count).CopyTo(bytes.AsSpan(filled));
                (at, filled) = (at + count, filled + count);
            }
            content ??= bytes;
        }
    }

    private async Task<string> LineAsync(int longest, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (at == end) await FillAsync(cancellation);
            var stop = buffer.AsSpan(at, end - at).IndexOf((byte)'\n');
            line.Append(Encoding.Latin1.GetString(buffer, at, stop < 0 ? end - at : stop));
            at = stop < 0 ? end : at + stop + 1;
            if (stop >= 0) return line.ToString().TrimEnd('\r');
            if (line.Length > longest) throw new TaskFailedException($"{host} sends a line that does not end.");
        }
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        (at, end) = (0, await stream.ReadAsync(buffer, cancellation));
        if (end == 0) throw new TaskFailedException($"{host} ended the connection.");
    }

    private static async Task<T> InTimeAsync<T>(string host, Func<CancellationToken, Task<T>> act, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            return await act(limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TaskFailedException($"{host} did not answer within {Patience.TotalSeconds:0} seconds.", null, e);
        }
        catch (Exception e) when (e is SocketException or IOException or System.Security.Authentication.AuthenticationException)
        {
            throw new TaskFailedException($"{host} cannot be spoken to: {e.Message}", null, e);
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5359", Justification = "The flow's author asks for it, for one mailbox.")]
    private static SslClientAuthenticationOptions Trusting() => new() { RemoteCertificateValidationCallback = (_, _, _, _) => true };

    private static string Quoted(string text) => text.All(c => c is >= ' ' and <= '~')
        ? $"\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : throw new TaskFailedException("Names and passwords of mailboxes, and their folders, can only have printable ASCII characters.");

    private static string Short(string text) => text.Length > 200 ? text[..200] + "…" : text;

    [GeneratedRegex(@"RFC822\.SIZE (\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex Size();

    [GeneratedRegex(@"\{(\d+)\}$")]
    private static partial Regex Literal();
}
