using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Notifications;

/// <summary>
/// Signs links that decide (HMAC-SHA256) and reads them again. The key is made once for all processes and stored encrypted. A link alone does nothing: its page shows, a POST from that page decides.
/// </summary>
public sealed class MailLinks(IDocumentStore documents, ICipher cipher)
{
    private const string Kind = "signing-key";
    private const string Id = "mail-links";
    private const int Longest = 1000;
    private const int SignatureBytes = 32;
    private byte[]? key;

    /// <summary>The last part of the link's address.</summary>
    public async ValueTask<string> SignAsync(MailLink link, CancellationToken cancellation)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(link, Data.Json);
        var signature = HMACSHA256.HashData(await KeyAsync(cancellation), payload);
        return Base64Url.EncodeToString([.. signature, .. payload]);
    }

    /// <summary>Null when it was not signed here; whether its time is over is for the reader to look at.</summary>
    public async ValueTask<MailLink?> ReadAsync(string token, CancellationToken cancellation)
    {
        if (token.Length > Longest || !Base64Url.IsValid(token)) return null;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= SignatureBytes) return null;
        var signature = HMACSHA256.HashData(await KeyAsync(cancellation), bytes.AsSpan(SignatureBytes));
        return CryptographicOperations.FixedTimeEquals(signature, bytes.AsSpan(0, SignatureBytes)) ? JsonSerializer.Deserialize<MailLink>(bytes.AsSpan(SignatureBytes), Data.Json) : null;
    }

    private async ValueTask<byte[]> KeyAsync(CancellationToken cancellation)
    {
        if (key is not null) return key;
        var stored = await documents.LoadAsync<SigningKey>(Kind, Id, cancellation);
        if (stored is null)
        {
            var fresh = new SigningKey(cipher.Encrypt(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
            // Somebody else may make it at the same time: the first one counts.
            await documents.WriteAsync([new DocumentWrite(Kind, Id, JsonSerializer.Serialize(fresh, Data.Json), ExpectedVersion: 0)], cancellation);
            stored = await documents.LoadAsync<SigningKey>(Kind, Id, cancellation);
        }
        return key = Convert.FromBase64String(cipher.Decrypt(stored!.Value.Encrypted));
    }

    private sealed record SigningKey(string Encrypted);
}
