using System.Net;

namespace FlowApps.Web.Tests.Security;

public sealed class SignInTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly Site site = shared.Site;

    [Theory]
    [InlineData("maya", "sail-2026", "/apps")]
    [InlineData("tomas", "keel-2026", "/approvals")]
    [InlineData("ines", "mast-2026", "/home")]
    [InlineData("INES@harbourline.example", "mast-2026", "/home")]
    public async Task People_begin_where_their_work_is_when_they_sign_in(string name, string password, string start)
    {
        var browser = site.Browser();
        var signedIn = await browser.SignInAsync(name, password);
        Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);
        Assert.Equal("/", signedIn.Headers.Location!.OriginalString);
        var home = await browser.GetAsync("/");
        Assert.Equal(start, home.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Sign_in_keeps_the_name_and_says_why_when_the_password_is_wrong()
    {
        var browser = site.Browser();
        var refused = await browser.SignInAsync("maya", "wrong");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var html = await refused.Content.ReadAsStringAsync();
        Assert.Contains("do not match", html, StringComparison.Ordinal);
        Assert.Contains("value=\"maya\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"wrong\"", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task Sign_in_returns_to_the_page_asked_for_but_never_to_another_site()
    {
        var asked = await site.Browser().GetAsync("/me?tab=1");
        Assert.Equal("/sign-in?returnUrl=%2Fme%3Ftab%3D1", asked.Headers.Location!.OriginalString);
        var back = await site.Browser().SignInAsync("maya", "sail-2026", "/sign-in?returnUrl=%2Fme%3Ftab%3D1");
        Assert.Equal("/me?tab=1", back.Headers.Location!.OriginalString);
        foreach (var elsewhere in (string[])["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
        {
            var led = await site.Browser().SignInAsync("maya", "sail-2026", $"/sign-in?returnUrl={Uri.EscapeDataString(elsewhere)}");
            Assert.Equal("/", led.Headers.Location!.OriginalString);
        }
    }

    [Fact]
    public async Task Guessing_is_stopped_after_ten_wrong_passwords_even_with_the_right_one()
    {
        var browser = site.Browser();
        for (var i = 0; i < 10; i++) await browser.SignInAsync("jonas", $"guess-{i}");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SignInAsync("jonas", "dock-2026")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignInAsync("priya", "tide-2026")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        var browser = site.Browser();
        await browser.SignInAsync("maya", "sail-2026");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/me")).StatusCode);
        await browser.SendFormAsync("/me", "/sign-out");
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task Signing_in_makes_a_new_session_and_ends_the_one_that_was_there()
    {
        // Somebody plants the cookie of a session of their own in another person's browser; that person then signs in.
        var planted = await site.SessionAsync("maya", "sail-2026");
        var browser = site.Browser();
        browser.DefaultRequestHeaders.Add("Cookie", planted);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/me")).StatusCode);
        await browser.SignInAsync("ines", "mast-2026");
        var thief = site.Browser();
        thief.DefaultRequestHeaders.Add("Cookie", planted);
        Assert.Equal(HttpStatusCode.SeeOther, (await thief.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task A_post_without_the_token_of_our_page_changes_nothing()
    {
        var browser = site.Browser();
        await browser.SignInAsync("maya", "sail-2026");
        var refused = await browser.PostAsync("/sign-out", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_one()
    {
        var browser = site.Browser();
        await browser.SignInAsync("sam", "helm-2026");
        var refused = await browser.SendFormAsync("/me", "/me/password", ("current", "nonsense"), ("fresh", "anchor-anchor"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        await browser.SendFormAsync("/me", "/me/password", ("current", "helm-2026"), ("fresh", "anchor-anchor"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await site.Browser().SignInAsync("sam", "helm-2026")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await site.Browser().SignInAsync("sam", "anchor-anchor")).StatusCode);
    }
}
