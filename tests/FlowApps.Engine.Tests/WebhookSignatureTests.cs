using System.Globalization;
using System.Text;
using FlowApps.Engine.Triggers;

namespace FlowApps.Engine.Tests;

public sealed class WebhookSignatureTests
{
    // The example of the standard's own libraries.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1614265330);
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    [Fact]
    public void The_signature_is_the_one_of_the_standard() =>
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", WebhookSignature.Sign(Id, At, Body, Secret));

    [Fact]
    public void A_signed_call_is_believed_within_its_time_with_any_of_the_secrets()
    {
        var signed = Signed(WebhookSignature.Sign(Id, At, Body, "old"));
        Assert.Null(signed.Refusal(Body, ["new", "old"], At, Tolerance));
        Assert.Null(signed.Refusal(Body, ["old"], At + Tolerance, Tolerance));
        Assert.Null(signed.Refusal(Body, ["old"], At - Tolerance, Tolerance));
        Assert.NotNull(signed.Refusal(Body, ["old"], At + Tolerance + TimeSpan.FromSeconds(1), Tolerance));
        Assert.NotNull(signed.Refusal(Body, ["new"], At, Tolerance));
        Assert.Null(Signed($"v1,AAAA v2,xx {signed.Signatures}").Refusal(Body, ["old"], At, Tolerance));
    }

    [Fact]
    public void Without_a_usable_secret_nothing_is_believed()
    {
        foreach (var none in (string[])["", "  ", "whsec_", "whsec_!"])
            Assert.NotNull(Signed("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=").Refusal(Body, [none], At, Tolerance));
        Assert.NotNull(Signed("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=").Refusal(Body, [], At, Tolerance));
    }

    [Fact]
    public void Ten_thousand_forgeries_are_refused()
    {
        var random = new Random(7);
        var good = WebhookSignature.Sign(Id, At, Body, Secret);
        var time = At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        for (var i = 0; i < 10_000; i++)
        {
            var (id, stamp, signature, body) = (Id, time, good, Body);
            switch (i % 5)
            {
                case 0: signature = Changed(good, random, 3); break;
                case 1: id = Changed(Id, random, 0); break;
                case 2: stamp = (At.ToUnixTimeSeconds() + 1 + random.Next(200)).ToString(CultureInfo.InvariantCulture); break;
                case 3: body = [.. Body[..random.Next(Body.Length)]]; break;
                default: signature = "v1," + Convert.ToBase64String(Guid.NewGuid().ToByteArray()); break;
            }
            Assert.NotNull(new WebhookSignature(id, stamp, signature).Refusal(body, [Secret], At, Tolerance));
        }
    }

    [Theory]
    [InlineData(null, "1614265330", "v1,x")]
    [InlineData(Id, null, "v1,x")]
    [InlineData(Id, "1614265330", null)]
    [InlineData(Id, "soon", "v1,x")]
    [InlineData(Id, "99999999999999999", "v1,x")]
    [InlineData(Id, "-1614265330", "v1,x")]
    public void What_is_missing_or_malformed_is_refused(string? id, string? time, string? signature) =>
        Assert.NotNull(new WebhookSignature(id, time, signature).Refusal(Body, [Secret], At, Tolerance));

    private static WebhookSignature Signed(string signature) => new(Id, At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), signature);

    private static string Changed(string text, Random random, int from)
    {
        // Not the last characters: bits that base64 does not use may change there.
        var at = from + random.Next(text.Length - from - 3);
        return string.Concat(text.AsSpan(0, at), text[at] == 'A' ? "B" : "A", text.AsSpan(at + 1));
    }
}
