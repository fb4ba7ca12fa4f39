using System.Security.Cryptography;
using System.Text;

namespace FlowApps.Expressions;

/// <summary>
/// Kestra's encryption of single values: AES-GCM with a random 12-byte nonce before and a 16-byte tag behind the cipher text,
/// all in Base64. The key is 16, 24 or 32 bytes in Base64.
/// </summary>
public static class SecretBox
{
    private const int Nonce = 12;
    private const int Tag = 16;

    /// <summary>Errors: <see cref="ExpressionException"/> when the key is none.</summary>
    public static string Encrypt(string key, string text)
    {
        using var cipher = Open(key);
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[Nonce + plain.Length + Tag];
        RandomNumberGenerator.Fill(box.AsSpan(0, Nonce));
        cipher.Encrypt(box.AsSpan(0, Nonce), plain, box.AsSpan(Nonce, plain.Length), box.AsSpan(Nonce + plain.Length));
        return Convert.ToBase64String(box);
    }

    /// <summary>Errors: <see cref="ExpressionException"/> when the key is wrong or the text was not encrypted with it.</summary>
    public static string Decrypt(string key, string encrypted)
    {
        using var cipher = Open(key);
        try
        {
            var box = Convert.FromBase64String(encrypted);
            if (box.Length < Nonce + Tag) throw new ExpressionException("The text to decrypt is too short.");
            var plain = new byte[box.Length - Nonce - Tag];
            cipher.Decrypt(box.AsSpan(0, Nonce), box.AsSpan(Nonce, plain.Length), box.AsSpan(Nonce + plain.Length), plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            throw new ExpressionException("The text cannot be decrypted with this key.", failure);
        }
    }

    private static AesGcm Open(string key)
    {
        try
        {
            return new AesGcm(Convert.FromBase64String(key), Tag);
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException or ArgumentException)
        {
            throw new ExpressionException("The encryption key must be 16, 24 or 32 bytes in Base64.", failure);
        }
    }
}
