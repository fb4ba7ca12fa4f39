using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowApps.Web.Tests.Security;

public sealed partial class HeaderAuthenticationTests(SharedSite shared) : IClassFixture<SharedSite>
{
    // A page that any signed-in person may see stands for every endpoint: which door one comes through is decided before it.
    private const string Page = "/me";
    private readonly Site site = shared.Site;

    [Fact]
    public async Task Programs_without_a_name_are_told_how_to_sign_in()
    {
        var refused = await site.Program().GetAsync(Page);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("Basic", refused.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"code\":\"not_signed_in\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ines:mast-2026", HttpStatusCode.OK)]
    [InlineData("ines:mast-2027", HttpStatusCode.Unauthorized)]
    [InlineData("nobody:mast-2026", HttpStatusCode.Unauthorized)]
    [InlineData("ines", HttpStatusCode.Unauthorized)]
    public async Task Basic_lets_in_who_knows_the_password(string pair, HttpStatusCode expected)
    {
        var program = site.Program();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        Assert.Equal(expected, (await program.GetAsync(Page)).StatusCode);
        Assert.Equal(expected, (await program.GetAsync(Page)).StatusCode);
    }

    [Fact]
    public async Task A_token_lets_in_until_it_is_revoked()
    {
        var browser = site.Browser();
        await browser.SignInAsync("ines", "mast-2026");
        var made = await browser.SendFormAsync("/me", "/me/tokens", ("name", "nightly job"));
        var token = Token().Match(await made.Content.ReadAsStringAsync()).Value;
        var program = site.Program();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync(Page)).StatusCode);

        var page = await browser.GetStringAsync("/me");
        Assert.DoesNotContain(token, page, StringComparison.Ordinal);
        var revoke = Revoke().Match(page).Groups[1].Value;
        await browser.SendFormAsync("/me", revoke);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync(Page)).StatusCode);
    }

    [GeneratedRegex("fla_[A-Za-z0-9_-]{40,}")]
    private static partial Regex Token();

    [GeneratedRegex("action=\"(/me/tokens/[^\"]+/revoke)\"")]
    private static partial Regex Revoke();
}
