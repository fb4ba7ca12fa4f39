using System.Net;
using System.Text.RegularExpressions;

namespace FlowApps.Web.Tests.Notifications;

public sealed partial class GuestTests(LetterServer server) : IClassFixture<LetterServer>
{
    [Fact]
    public async Task Somebody_without_an_account_decides_the_one_case_that_names_their_address_and_sees_nothing_else()
    {
        using var maya = await server.PersonAsync("maya", "sail-2026");
        var request = await server.AskAsync(maya, "A way in on Sunday", "visit");
        var letter = await server.Mail.NextAsync("A way in on Sunday");
        Assert.Equal(["landlord@elsewhere.example"], letter.To);
        Assert.Contains("You need no account", letter.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("/approvals/", letter.Body, StringComparison.Ordinal);
        var (yes, no) = (Links(letter.Body)[0], Links(letter.Body)[1]);

        // The case, a form to answer, and no way further in. Looking decides nothing.
        using var guest = server.Stranger();
        var page = await guest.GetStringAsync(yes);
        Assert.Contains("A way in on Sunday", page, StringComparison.Ordinal);
        Assert.Contains("Number of the key", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/approvals", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/r/", page, StringComparison.Ordinal);
        foreach (var closed in new[] { request, "/approvals", "/apps" }) Assert.StartsWith("/sign-in", (await guest.GetAsync(closed)).Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync($"{yes}/file?path=%2Fanything")).StatusCode);
        using var signedIn = await server.PersonAsync("tomas", "keel-2026");
        Assert.Equal(HttpStatusCode.Gone, (await signedIn.GetAsync(yes)).StatusCode);

        // Without the answer that it asks for, nothing is decided and the page says so.
        var lacking = await guest.SendFormAsync(yes, yes, ("comment", "Welcome"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lacking.StatusCode);
        Assert.Contains("Welcome", await lacking.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var decided = await guest.SendFormAsync(yes, yes, ("comment", "Welcome"), ("in.key", "K-17"));
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        Assert.Contains("Approved by you", await decided.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // It is written down as that address, and the right to see it is over.
        Assert.Contains("landlord@elsewhere.example: Approved.", await maya.GetStringAsync(request), StringComparison.Ordinal);
        foreach (var link in new[] { yes, no })
        {
            var over = await guest.GetAsync(link);
            Assert.Equal(HttpStatusCode.Gone, over.StatusCode);
            Assert.DoesNotContain("A way in on Sunday", await over.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_address_of_somebody_with_an_account_is_theirs_and_no_guests()
    {
        using var maya = await server.PersonAsync("maya", "sail-2026");
        var request = await server.AskAsync(maya, "A second key", "visit");
        using var guest = server.Stranger();
        var first = Links((await server.Mail.NextAsync("A second key")).Body)[0];
        Assert.Equal(HttpStatusCode.OK, (await guest.SendFormAsync(first, first, ("in.key", "K-18"))).StatusCode);

        // The next step names Priya by her address, spelt in another way: she finds it among her approvals and decides as herself.
        using var priya = await server.PersonAsync("priya", "tide-2026");
        var inbox = await priya.GetStringAsync("/approvals");
        var page = Case().Match(inbox[..inbox.IndexOf("Priya decides", StringComparison.Ordinal)]).Value;
        Assert.DoesNotContain("who gave you their place", await priya.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await priya.SendFormAsync(page, page, ("outcome", "approve"))).StatusCode);
        Assert.Contains("Approved by you", await priya.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await maya.GetAsync(request)).StatusCode);
    }

    private static List<string> Links(string body) => [.. Link().Matches(body).Select(match => match.Value).Distinct()];

    [GeneratedRegex("/m/[A-Za-z0-9_-]+")]
    private static partial Regex Link();

    [GeneratedRegex("/approvals/[A-Za-z0-9]+/[A-Za-z0-9]+", RegexOptions.RightToLeft)]
    private static partial Regex Case();
}
