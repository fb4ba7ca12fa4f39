using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowApps.Plugins.Mail;

/// <summary>Letters are bytes that say in many ways which text they are (RFC 2045, 2047). What cannot be read is shown as well as it can be, never refused.</summary>
internal static partial class MimeText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    static MimeText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Text in an alphabet; in one that nobody knows, as without one.</summary>
    public static string Of(byte[] bytes, string? charset)
    {
        try
        {
            return charset is null ? Raw(bytes) : Encoding.GetEncoding(charset).GetString(bytes);
        }
        catch (ArgumentException)
        {
            return Raw(bytes);
        }
    }

    /// <summary>UTF-8 where it is, else Latin 1, in which everything is something.</summary>
    public static string Raw(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    /// <summary>A header with its encoded words read: <c>=?utf-8?q?Gr=C3=BC=C3=9Fe?=</c>.</summary>
    public static string Words(string header) => EncodedWord().Replace(BetweenWords().Replace(header, "?==?"), word =>
        Of(word.Groups[2].Value is "B" or "b" ? Base64(word.Groups[3].Value) : Quoted(word.Groups[3].Value.Replace('_', ' ')), word.Groups[1].Value.Split('*')[0]));

    /// <summary>The bytes that a transfer encoding stands for; the text has one character for each byte.</summary>
    public static byte[] Content(string body, string? encoding) => encoding?.Trim().ToLowerInvariant() switch
    {
        "base64" => Base64(body),
        "quoted-printable" => Quoted(SoftBreak().Replace(body, "")),
        _ => Encoding.Latin1.GetBytes(body),
    };

    public static byte[] Unpercent(string text) => Octets(text, '%');

    private static byte[] Quoted(string text) => Octets(text, '=');

    private static byte[] Base64(string text)
    {
        var plain = new string(text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/').ToArray());
        var whole = plain.Length % 4 == 1 ? plain[..^1] : plain;
        return Convert.FromBase64String(whole.PadRight((whole.Length + 3) / 4 * 4, '='));
    }

    private static byte[] Octets(string text, char mark)
    {
        var bytes = new List<byte>(text.Length);
        for (var at = 0; at < text.Length; at++)
            if (text[at] == mark && at + 2 < text.Length && byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                bytes.Add(octet);
                at += 2;
            }
            else bytes.Add((byte)text[at]);
        return [.. bytes];
    }

    [GeneratedRegex(@"=\?([^?\s]+)\?([BbQq])\?([^?]*)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=[ \t]+=\?")]
    private static partial Regex BetweenWords();

    [GeneratedRegex("=[ \t]*\r?\n")]
    private static partial Regex SoftBreak();
}
