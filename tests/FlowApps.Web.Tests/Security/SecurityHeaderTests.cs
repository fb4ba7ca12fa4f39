using System.Net;
using System.Text.RegularExpressions;

namespace FlowApps.Web.Tests.Security;

public sealed partial class SecurityHeaderTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly Site site = shared.Site;

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/nothing/here")]
    [InlineData("/health")]
    public async Task Every_answer_carries_a_policy_without_inline_code(string path)
    {
        var answer = await site.Browser().GetAsync(path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Pages_have_no_style_attribute_and_every_script_carries_the_nonce_of_its_policy()
    {
        var answer = await site.Browser().GetAsync("/sign-in");
        var html = await answer.Content.ReadAsStringAsync();
        var nonce = Nonce().Match(answer.Headers.GetValues("Content-Security-Policy").Single()).Groups[1].Value;
        Assert.DoesNotMatch("\\sstyle=\"", html);
        Assert.All(Script().Matches(html), script => Assert.Contains($"nonce=\"{nonce}\"", WebUtility.HtmlDecode(script.Value), StringComparison.Ordinal));
        Assert.NotEmpty(Script().Matches(html));
        var other = await site.Browser().GetAsync("/sign-in");
        Assert.DoesNotContain(nonce, other.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_is_a_page_for_people_and_a_problem_document_for_programs()
    {
        var page = await site.Browser().GetAsync("/nothing");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("There is nothing at this address", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var problem = await site.Program().GetAsync("/nothing");
        Assert.Equal(HttpStatusCode.NotFound, problem.StatusCode);
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType!.MediaType);
    }

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();
}
