using System.Security.Cryptography;

namespace FlowApps.Domain.Values;

/// <summary>
/// Makes ids of 22 base-62 characters: 48 bits of milliseconds first, so that ids made later sort later
/// and indexes grow at their end, then 80 random bits. Made at the rim only; inside the engine ids come in with the moment.
/// </summary>
public static class Ids
{
    private const int Length = 22;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string New(TimeProvider clock)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        var milliseconds = clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++) bytes[i] = (byte)(milliseconds >> (40 - 8 * i));
        var number = new UInt128(ReadUInt64(bytes), ReadUInt64(bytes[8..]));
        Span<char> text = stackalloc char[Length];
        for (var i = Length - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(number % 62)];
            number /= 62;
        }
        return new string(text);
    }

    /// <summary>Whether a text has the form of an id that was made here.</summary>
    public static bool IsId(string text) => text.Length == Length && text.All(char.IsAsciiLetterOrDigit);

    private static ulong ReadUInt64(ReadOnlySpan<byte> bytes) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes);
}
