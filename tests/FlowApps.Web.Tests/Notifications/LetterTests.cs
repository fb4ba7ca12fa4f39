using System.Net;
using System.Text.RegularExpressions;

namespace FlowApps.Web.Tests.Notifications;

public sealed partial class LetterTests(LetterServer server) : IClassFixture<LetterServer>
{
    [Fact]
    public async Task A_letter_leads_to_a_recorded_decision_in_two_steps_and_scanners_decide_nothing()
    {
        using var maya = await server.PersonAsync("maya", "sail-2026");
        var request = await server.AskAsync(maya, "A desk by the window");
        var letter = await server.Mail.NextAsync();
        Assert.Equal(["priya@harbourline.example"], letter.To);
        Assert.Equal("To decide: A desk by the window", letter.Subject);
        Assert.Contains("Maya Lindqvist asks you to decide: Finance decides.", letter.Body, StringComparison.Ordinal);
        var links = Link().Matches(letter.Body).Select(match => match.Value).Distinct().ToList();
        Assert.Equal(2, links.Count);

        using var scanner = server.Stranger();
        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancellation) =>
            Assert.Equal(HttpStatusCode.OK, (await scanner.GetAsync(links[i % 2], cancellation)).StatusCode));
        Assert.Contains("Waiting for Priya Raman to decide", await maya.GetStringAsync(request), StringComparison.Ordinal);

        // One: the link is opened, with the case. Two: its button is pressed.
        using var priya = server.Stranger();
        var page = await priya.GetStringAsync(links[0]);
        Assert.Contains("A desk by the window", page, StringComparison.Ordinal);
        var decided = await priya.SendFormAsync(links[0], links[0], ("comment", "Enjoy the view"));
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        Assert.Contains("Approved by you", await decided.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // A link that cannot act any more says what happened.
        var obsolete = await priya.GetStringAsync(links[1]);
        Assert.Contains("Approved by you", obsolete, StringComparison.Ordinal);
        Assert.Contains("this link decides nothing any more", obsolete, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", obsolete, StringComparison.Ordinal);

        // Maya hears of the decision and of the end, by mail and in her list.
        var subjects = new[] { await server.Mail.NextAsync(), await server.Mail.NextAsync() };
        Assert.Equal(["Decided: A desk by the window", "Done: A desk by the window"], subjects.Select(one => one.Subject).Order(StringComparer.Ordinal));
        Assert.Contains("Enjoy the view", subjects.Single(one => one.Subject.StartsWith("Decided", StringComparison.Ordinal)).Body, StringComparison.Ordinal);
        Assert.Contains("Priya Raman approved it.", await maya.GetStringAsync("/notifications"), StringComparison.Ordinal);
        using var signedIn = await server.PersonAsync("priya", "tide-2026");
        Assert.Contains("Approved by Priya Raman. Nothing is left for you to do.", await signedIn.GetStringAsync("/notifications?all=true"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_for_the_person_it_was_written_to_and_for_nothing_but_its_outcome()
    {
        using var maya = await server.PersonAsync("maya", "sail-2026");
        var request = await server.AskAsync(maya, "A lamp");
        var link = Link().Match((await server.Mail.NextAsync()).Body).Value;
        using var tomas = await server.PersonAsync("tomas", "keel-2026");
        var foreign = await tomas.GetAsync(link);
        Assert.Equal(HttpStatusCode.Gone, foreign.StatusCode);
        Assert.Contains("This link was written for Priya Raman", await foreign.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var stranger = server.Stranger();
        foreach (var broken in Broken(link)) Assert.Equal(HttpStatusCode.Gone, (await stranger.GetAsync(broken)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await stranger.PostAsync(link, new FormUrlEncodedContent([]))).StatusCode);
        Assert.Contains("Waiting for Priya Raman to decide", await maya.GetStringAsync(request), StringComparison.Ordinal);

        // A stale page is refused and shows how it stands.
        var stale = await stranger.SendFormAsync(link, link, ("version", "1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.StatusCode);
        Assert.Contains("Something changed while you looked at it", await stale.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await maya.SendFormAsync(request, $"{request}/withdraw")).StatusCode);
        var late = await stranger.GetStringAsync(link);
        Assert.Contains("this link decides nothing any more", late, StringComparison.Ordinal);
    }

    /// <summary>Every kind of damage: another signature, another content, shorter, longer, nothing.</summary>
    private static IEnumerable<string> Broken(string link)
    {
        var at = link.LastIndexOf('/') + 1;
        var token = link[at..];
        foreach (var place in (int[])[0, 20, 50, token.Length - 10]) yield return string.Concat(link.AsSpan(0, at), token.AsSpan(0, place), token[place] == 'A' ? "B" : "A", token.AsSpan(place + 1));
        yield return link[..^4];
        yield return link + "AAAA";
        yield return string.Concat(link.AsSpan(0, at), "x");
    }

    [GeneratedRegex("/m/[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}
