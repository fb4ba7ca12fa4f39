using System.Security.Cryptography;
using System.Text;
using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Numbers;

namespace FlowApps.Expressions.Filters;

/// <summary>Encodings and digests of text (UTF-8).</summary>
internal static class EncodingFilters
{
    private const string UrlSafe = ".-*_";

    public static IEnumerable<Filter> All =>
    [
        new("base64encode", "Text in Base64.", [], OnText(text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text))), "{{ 'hello' | base64encode }}", "aGVsbG8="),
        new("base64decode", "Text out of Base64.", [], OnText(text => Encoding.UTF8.GetString(Convert.FromBase64String(text))), "{{ 'aGVsbG8=' | base64decode }}", "hello"),
        new("urlencode", "Text as it may stand in a query string.", [], OnText(UrlEncode), "{{ 'a b&c' | urlencode }}", "a+b%26c"),
        new("urldecode", "Text out of a query string.", [], OnText(text => Uri.UnescapeDataString(text.Replace('+', ' '))), "{{ 'a+b%26c' | urldecode }}", "a b&c"),
        new("sha256", "SHA-256 digest in hexadecimal.", [], Digest(SHA256.HashData), "{{ 'hello' | sha256 }}", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
        new("sha512", "SHA-512 digest in hexadecimal.", [], Digest(SHA512.HashData), "{{ 'hello' | sha512 | slice(0, 16) }}", "9b71d224bd62f378"),
#pragma warning disable CA5350, CA5351 // Flows need the old digests to talk to old systems.
        new("sha1", "SHA-1 digest in hexadecimal.", [], Digest(SHA1.HashData), "{{ 'hello' | sha1 }}", "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"),
        new("md5", "MD5 digest in hexadecimal.", [], Digest(MD5.HashData), "{{ 'hello' | md5 }}", "5d41402abc4b2a76b9719d911017c592"),
#pragma warning restore CA5350, CA5351
    ];

    private static FilterBody OnText(Func<string, string> change) => (input, arguments) =>
    {
        if (input is null) return null;
        var result = change(JavaText.Of(input, arguments.Evaluation));
        arguments.Evaluation.BurnText(result.Length);
        return result;
    };

    private static FilterBody Digest(Func<byte[], byte[]> digest) => OnText(text => Convert.ToHexStringLower(digest(Encoding.UTF8.GetBytes(text))));

    private static string UrlEncode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
            if (char.IsAsciiLetterOrDigit((char)octet) || UrlSafe.Contains((char)octet)) encoded.Append((char)octet);
            else if (octet == ' ') encoded.Append('+');
            else encoded.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        return encoded.ToString();
    }
}
