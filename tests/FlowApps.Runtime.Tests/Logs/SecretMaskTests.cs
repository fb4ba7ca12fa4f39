using FlowApps.Runtime.Logs;

namespace FlowApps.Runtime.Tests.Logs;

public sealed class SecretMaskTests
{
    private const string Secret = "p\u00e4ss/w+rd \"x\"";

    public static TheoryData<string> Forms =>
    [
        Secret,
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Secret)),
        Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(Secret)),
        Uri.EscapeDataString(Secret),
        System.Text.Json.JsonEncodedText.Encode(Secret).ToString(),
        System.Net.WebUtility.HtmlEncode(Secret),
        System.Text.Encodings.Web.HtmlEncoder.Default.Encode(Secret),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Mask_covers_every_common_encoding(string form)
    {
        var mask = new SecretMask();
        mask.Add(Secret);
        Assert.Equal("before ****** after", mask.Apply($"before {form} after"));
    }

    [Fact]
    public void Mask_covers_each_line_of_a_secret_with_several()
    {
        var mask = new SecretMask();
        mask.Add("first line\nsecond line");
        Assert.Equal("****** and ******", mask.Apply("second line and first line"));
    }

    [Fact]
    public void Mask_does_not_tell_the_length()
    {
        var mask = new SecretMask();
        mask.AddInput("a-rather-long-secret-of-many-letters");
        Assert.Equal("********", mask.Apply("a-rather-long-secret-of-many-letters"));
    }
}
