using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Memory;

namespace FlowApps.Web.Apps.Public;

/// <summary>
/// A small sum that a visitor's browser does while the form is filled: a number that makes the SHA-256 of the challenge begin with enough zero bits. Each challenge counts once. Whoever
/// does not do it (no script) is not refused, but may send less (<see cref="VisitorLimit"/>).
/// </summary>
public sealed class ProofOfWork(IDataProtectionProvider protection, IMemoryCache used, TimeProvider clock)
{
    public const string ChallengeField = "challenge";
    public const string AnswerField = "answer";

    /// <summary>About sixteen thousand tries: a blink for one form, a cost for a thousand.</summary>
    public const int Bits = 14;

    private static readonly TimeSpan Lasts = TimeSpan.FromHours(12);
    private readonly IDataProtector protector = protection.CreateProtector(nameof(ProofOfWork));

    /// <summary>A new challenge: random, and with the time it was given in it.</summary>
    public string Give()
    {
        Span<byte> bytes = stackalloc byte[24];
        RandomNumberGenerator.Fill(bytes);
        BitConverter.TryWriteBytes(bytes, clock.GetUtcNow().ToUnixTimeSeconds());
        return Base64Url.EncodeToString(protector.Protect(bytes.ToArray()));
    }

    /// <summary>True once for a challenge of ours that is young enough and solved.</summary>
    public bool Accepts(string challenge, string answer)
    {
        if (challenge.Length is 0 or > 1000 || !long.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out _) || !IsOurs(challenge)) return false;
        if (ZeroBits(SHA256.HashData(Encoding.UTF8.GetBytes($"{challenge}:{answer}"))) < Bits) return false;
        lock (used)
        {
            if (used.TryGetValue((nameof(ProofOfWork), challenge), out _)) return false;
            used.Set((nameof(ProofOfWork), challenge), true, Lasts);
            return true;
        }
    }

    /// <summary>How many bits are zero before the first that is one.</summary>
    public static int ZeroBits(ReadOnlySpan<byte> hash)
    {
        var bits = 0;
        foreach (var part in hash)
        {
            bits += BitOperations.LeadingZeroCount((uint)part) - 24;
            if (part != 0) break;
        }
        return bits;
    }

    private bool IsOurs(string challenge)
    {
        try
        {
            var given = DateTimeOffset.FromUnixTimeSeconds(BitConverter.ToInt64(protector.Unprotect(Base64Url.DecodeFromChars(challenge))));
            return clock.GetUtcNow() - given < Lasts;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }
}
