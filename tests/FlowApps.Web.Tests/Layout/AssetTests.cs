using System.Net;
using System.Text.RegularExpressions;

namespace FlowApps.Web.Tests.Layout;

public sealed partial class AssetTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private const int Limit = 100 * 1024;
    private readonly Site site = shared.Site;

    [Fact]
    public async Task A_page_with_all_it_loads_stays_below_a_hundred_kilobytes()
    {
        var html = await site.Browser().GetStringAsync("/sign-in");
        var browser = site.Browser();
        browser.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        var total = (await browser.GetByteArrayAsync("/sign-in")).Length;
        foreach (var address in Loaded().Matches(html).Select(m => m.Groups[1].Value).Concat(["/dist/icons.svg", .. Fonts(html)]).Distinct())
        {
            var file = await browser.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            total += (await file.Content.ReadAsByteArrayAsync()).Length;
        }
        Assert.InRange(total, 30 * 1024, Limit);
    }

    [Fact]
    public async Task Files_with_a_fingerprint_are_kept_for_ever()
    {
        var html = await site.Browser().GetStringAsync("/sign-in");
        var style = Regex.Match(html, "href=\"(/dist/app\\.[^\"]+\\.css)\"").Groups[1].Value;
        var file = await site.Browser().GetAsync(style);
        Assert.Contains("immutable", file.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_icon_that_an_app_may_name_is_in_the_sprite()
    {
        var sprite = File.ReadAllText(Testing.Repository.Path("wwwroot", "dist", "app-icons.svg"));
        Assert.All(Web.Layout.AppIcons.Names, name => Assert.Contains($"id=\"{name}\"", sprite, StringComparison.Ordinal));
        Assert.Equal(Web.Layout.AppIcons.Default, Web.Layout.AppIcons.OrDefault("no-such-icon"));
    }

    // The page names the font of its text; the one for code follows from the stylesheet.
    private static IEnumerable<string> Fonts(string html)
    {
        Assert.Contains("/dist/inter-", html, StringComparison.Ordinal);
        return Directory.GetFiles(Testing.Repository.Path("wwwroot", "dist"), "mono-????????.woff2").Select(file => $"/dist/{Path.GetFileName(file)}");
    }

    [GeneratedRegex("(?:href|src)=\"(/dist/[^\"#]+|/favicon[^\"]+)\"")]
    private static partial Regex Loaded();
}
