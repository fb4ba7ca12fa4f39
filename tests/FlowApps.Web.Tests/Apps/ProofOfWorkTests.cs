using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FlowApps.Web.Apps.Public;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Memory;

namespace FlowApps.Web.Tests.Apps;

public sealed class ProofOfWorkTests
{
    [Fact]
    public void A_solved_challenge_counts_once_and_only_one_of_ours()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions());
        var proof = new ProofOfWork(new EphemeralDataProtectionProvider(), cache, TimeProvider.System);
        var challenge = proof.Give();
        var answer = Solve(challenge);
        Assert.False(proof.Accepts(challenge, ""));
        Assert.False(proof.Accepts(challenge, "-1"));
        Assert.False(proof.Accepts("made-up", Solve("made-up")));
        Assert.True(proof.Accepts(challenge, answer));
        Assert.False(proof.Accepts(challenge, answer));
    }

    [Theory]
    [InlineData("00000f", 20)]
    [InlineData("80", 0)]
    [InlineData("01ff", 7)]
    [InlineData("0000", 16)]
    public void Zero_bits_are_counted_from_the_front(string hash, int bits) => Assert.Equal(bits, ProofOfWork.ZeroBits(Convert.FromHexString(hash)));

    private static string Solve(string challenge) => Enumerable.Range(0, int.MaxValue).Select(number => number.ToString(CultureInfo.InvariantCulture))
        .First(number => ProofOfWork.ZeroBits(SHA256.HashData(Encoding.UTF8.GetBytes($"{challenge}:{number}"))) >= ProofOfWork.Bits);
}
