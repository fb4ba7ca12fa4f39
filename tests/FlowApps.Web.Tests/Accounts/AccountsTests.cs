using System.Net;

namespace FlowApps.Web.Tests.Accounts;

public sealed class AccountsTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly Site site = shared.Site;

    [Fact]
    public async Task An_administrator_makes_an_account_and_its_person_can_sign_in()
    {
        var sam = await AdministratorAsync();
        var made = await sam.SendFormAsync("/accounts/new", "/accounts",
            ("name", "noor"), ("displayName", "Noor Haddad"), ("groups", "design, design, studio"), ("roles", "Requester"), ("password", "first-day-2026"));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Contains("design, studio", await sam.GetStringAsync("/accounts/noor"), StringComparison.Ordinal);
        var noor = site.Browser();
        Assert.Equal(HttpStatusCode.SeeOther, (await noor.SignInAsync("noor", "first-day-2026")).StatusCode);
        Assert.Equal("/apps", (await noor.GetAsync("/")).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_refused_account_keeps_what_was_typed_and_says_what_is_wrong()
    {
        var sam = await AdministratorAsync();
        var refused = await sam.SendFormAsync("/accounts/new", "/accounts", ("name", "maya"), ("displayName", "Second Maya"), ("password", "short"));
        var html = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("maya is taken.", html, StringComparison.Ordinal);
        Assert.Contains("Without any right", html, StringComparison.Ordinal);
        Assert.Contains("10 characters are needed.", html, StringComparison.Ordinal);
        Assert.Contains("value=\"Second Maya\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_cannot_lock_themselves_out()
    {
        var sam = await AdministratorAsync();
        var refused = await sam.SendFormAsync("/accounts/sam", "/accounts", ("name", "sam"), ("displayName", "Sam Brandt"), ("roles", "Developer"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await sam.GetAsync("/accounts")).StatusCode);
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_of_the_old_one()
    {
        var jonas = site.Browser();
        await jonas.SignInAsync("jonas", "dock-2026");
        Assert.Equal(HttpStatusCode.OK, (await jonas.GetAsync("/me")).StatusCode);
        var sam = await AdministratorAsync();
        await sam.SendFormAsync("/accounts/jonas", "/accounts", ("name", "jonas"), ("displayName", "Jonas Weber"), ("roles", "Approver"), ("password", "dock-2027-new"));
        Assert.Equal(HttpStatusCode.SeeOther, (await jonas.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task Others_are_told_who_can_help()
    {
        var ines = site.Browser();
        await ines.SignInAsync("ines", "mast-2026");
        var refused = await ines.GetAsync("/accounts");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("An administrator can give you the right", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpClient> AdministratorAsync()
    {
        var browser = site.Browser();
        await browser.SignInAsync("sam", "helm-2026");
        return browser;
    }
}
