using System.Numerics;
using FlowApps.Expressions.Catalogue;

namespace FlowApps.Expressions.Functions;

/// <summary>Identifiers.</summary>
internal static class IdFunctions
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string UrlSafe = "_-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const long KsuidEpoch = 1_400_000_000;

    public static IEnumerable<Function> All =>
    [
        new("uuid", "A random UUID.", [], arguments => Uuid(arguments).ToString(), "{{ uuid() | length }}", "36"),
        new("id", "A random identifier of letters and digits.", [], arguments => Encode(Uuid(arguments).ToByteArray(bigEndian: true), 22), "{{ id() | length }}", "22"),
        new("ksuid", "An identifier that sorts by the time it was made.", [], Ksuid, "{{ ksuid() | length }}", "27"),
        new("nanoId", "A random identifier of a length, of an alphabet.", ["length?", "alphabet?"], NanoId, "{{ nanoId(10) | length }}", "10"),
    ];

    private static Guid Uuid(Arguments arguments)
    {
        var bytes = Random(arguments, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static object? Ksuid(Arguments arguments)
    {
        var seconds = (uint)(arguments.Evaluation.Options.Clock.GetUtcNow().ToUnixTimeSeconds() - KsuidEpoch);
        byte[] bytes = [(byte)(seconds >> 24), (byte)(seconds >> 16), (byte)(seconds >> 8), (byte)seconds, .. Random(arguments, 16)];
        return Encode(bytes, 27);
    }

    private static object? NanoId(Arguments arguments)
    {
        var length = arguments.OptionalWhole(0) ?? 21;
        var alphabet = arguments.OptionalText(1) ?? UrlSafe;
        if (length is < 1 or > 1_000) throw new ExpressionException("The 'nanoId' function expects a length from 1 to 1000.");
        if (alphabet.Length is 0 or > 255) throw new ExpressionException("The 'nanoId' function expects an alphabet of 1 to 255 characters.");
        return new string(arguments.Evaluation.Options.Random.GetItems<char>(alphabet, (int)length));
    }

    private static byte[] Random(Arguments arguments, int count)
    {
        var bytes = new byte[count];
        arguments.Evaluation.Options.Random.NextBytes(bytes);
        return bytes;
    }

    private static string Encode(byte[] bytes, int length)
    {
        var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        return string.Create(length, number, static (text, rest) =>
        {
            for (var i = text.Length - 1; i >= 0; i--)
            {
                text[i] = Base62[(int)(rest % 62)];
                rest /= 62;
            }
        });
    }
}
