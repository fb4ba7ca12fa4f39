using System.Security.Cryptography;
using System.Text;
using FlowApps.Domain.Namespaces;

namespace FlowApps.Storage.Security;

/// <summary>AES-GCM; the text form is base64 of 12 bytes IV, the cipher text and its 16 bytes tag, as Kestra's EncryptedString has it (kestra-semantics 12.5).</summary>
internal sealed class Cipher(StorageOptions options) : ICipher
{
    private const int IvBytes = 12;
    private const int TagBytes = 16;
    private readonly Lazy<byte[]> key = new(() => CipherKey.Find(options));

    public string Encrypt(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var bytes = new byte[IvBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, IvBytes));
        using var aes = new AesGcm(key.Value, TagBytes);
        aes.Encrypt(bytes.AsSpan(0, IvBytes), plain, bytes.AsSpan(IvBytes, plain.Length), bytes.AsSpan(IvBytes + plain.Length));
        return Convert.ToBase64String(bytes);
    }

    public string Decrypt(string base64)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || length < IvBytes + TagBytes) throw new CryptographicException("This is not an encrypted text.");
        var plain = new byte[length - IvBytes - TagBytes];
        using var aes = new AesGcm(key.Value, TagBytes);
        aes.Decrypt(bytes.AsSpan(0, IvBytes), bytes.AsSpan(IvBytes, plain.Length), bytes.AsSpan(IvBytes + plain.Length, TagBytes), plain);
        return Encoding.UTF8.GetString(plain);
    }
}
