using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlowApps.Engine.Triggers;

/// <summary>
/// A call signed as Standard Webhooks lays down: HMAC-SHA256 over id, time and the raw body, in the headers <c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature</c>.
/// Several secrets may be valid at once, so that one can be replaced while calls go on.
/// </summary>
public sealed record WebhookSignature(string? Id, string? Timestamp, string? Signatures)
{
    private const string Prefix = "whsec_";
    private const string Version = "v1,";
    private const int LongestId = 256;
    private const int MostSignatures = 16;

    /// <summary>Why the call is not believed; null when it is. Whatever is missing, malformed, old or of no secret refuses it.</summary>
    public string? Refusal(ReadOnlySpan<byte> body, IReadOnlyList<string> secrets, DateTimeOffset now, TimeSpan tolerance)
    {
        if (Id is not { Length: > 0 and <= LongestId } || Timestamp is null || Signatures is null) return "The headers webhook-id, webhook-timestamp and webhook-signature are needed.";
        if (!long.TryParse(Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return "webhook-timestamp is not a time in seconds.";
        if ((now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > tolerance) return "webhook-timestamp is too far from now.";
        var head = Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.");
        var given = Signatures.Split(' ', MostSignatures + 1, StringSplitOptions.RemoveEmptyEntries).Take(MostSignatures).Select(Decoded).OfType<byte[]>().ToList();
        var believed = false;
        foreach (var secret in secrets)
            if (Key(secret) is { } key)
            {
                using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
                hash.AppendData(head);
                hash.AppendData(body);
                var expected = hash.GetHashAndReset();
                foreach (var signature in given) believed |= CryptographicOperations.FixedTimeEquals(signature, expected);
            }
        return believed ? null : "The signature does not fit.";
    }

    /// <summary>The signature of a call, as its sender makes it.</summary>
    public static string Sign(string id, DateTimeOffset at, ReadOnlySpan<byte> body, string secret)
    {
        var key = Key(secret) ?? throw new ArgumentException("An empty secret signs nothing.", nameof(secret));
        return Version + Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")), .. body]));
    }

    /// <summary>A secret is base64 after <c>whsec_</c>, else the text itself; an empty one is none.</summary>
    private static byte[]? Key(string secret)
    {
        var text = secret.Trim();
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return text.Length == 0 ? null : Encoding.UTF8.GetBytes(text);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length) && length > 0 ? bytes[..length] : null;
    }

    private static byte[]? Decoded(string signature)
    {
        var bytes = new byte[64];
        return signature.Length < 100 && signature.StartsWith(Version, StringComparison.Ordinal) && Convert.TryFromBase64String(signature[Version.Length..], bytes, out var length) ? bytes[..length] : null;
    }
}
