using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowApps.Web.Tests.Notifications;

public sealed partial class LateClickTests(LetterServer server) : IClassFixture<LetterServer>
{
    [Fact]
    public async Task A_colleague_who_was_faster_in_a_question_that_goes_on_is_named_and_what_was_typed_is_kept()
    {
        using var maya = await server.PersonAsync("maya", "sail-2026");
        var request = await server.AskAsync(maya, "A long table", "two");
        await server.Mail.NextAsync("A long table");
        Assert.Contains("Waiting for Priya Raman or Tomás Okafor in Finance, and Jonas Weber in IT desk to decide.", WebUtility.HtmlDecode(await maya.GetStringAsync(request)), StringComparison.Ordinal);
        using var priya = await server.PersonAsync("priya", "tide-2026");
        var inbox = await priya.GetStringAsync("/approvals");
        var address = Case().Matches(inbox).Select(match => match.Value).First(one => one.Contains(request["/r/".Length..], StringComparison.Ordinal));
        var shown = await priya.GetStringAsync(address);

        using var tomas = new HttpClient { BaseAddress = server.Address };
        tomas.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("tomas:keel-2026"u8.ToArray()));
        using var approve = new StringContent("""{"outcome": "approve"}""", Encoding.UTF8, "application/json");
        (await tomas.PostAsync($"/api/v1/main{address}/decide", approve)).EnsureSuccessStatusCode();

        var late = await priya.SendShownFormAsync(shown, address, ("outcome", "approve"), ("comment", "Fine with me"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        var page = WebUtility.HtmlDecode(await late.Content.ReadAsStringAsync());
        Assert.Contains("Tomás Okafor was first. Your answer was not needed and nothing was changed.", page, StringComparison.Ordinal);
        Assert.Contains("Fine with me", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Priya Raman: Approved", WebUtility.HtmlDecode(await maya.GetStringAsync(request)), StringComparison.Ordinal);
    }

    [GeneratedRegex("/approvals/[A-Za-z0-9]+/[A-Za-z0-9]+")]
    private static partial Regex Case();
}
