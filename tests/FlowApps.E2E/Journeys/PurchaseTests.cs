using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Journeys;

/// <summary>From a form to a decision to a result, in a real browser.</summary>
[Collection(DemoCollection.Name)]
public sealed class PurchaseTests(Demo demo)
{
    [BrowserFact]
    public async Task A_request_is_filled_approved_and_its_result_seen()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya);
        await maya.Page.FillPurchaseAsync("Studio monitors", "1,847.00");
        await maya.Page.AttachQuoteAsync();
        var id = await maya.Page.SendRequestAsync();
        await Expect(maya.Page.Locator(".fl-waiting p")).ToHaveTextAsync(new Regex("^Waiting for .*Tomás Okafor.* to decide"));

        await using var tomas = await demo.OpenAsAsync(Person.Tomas);
        await tomas.Page.OpenCaseAsync(id);
        await Expect(tomas.Page.Locator("section.fl-case")).ToContainTextAsync(Purchase.Reason);
        await Expect(tomas.Page.Locator(".fl-case a:has-text('quote.csv')")).ToBeVisibleAsync();
        await tomas.Page.SelectOptionAsync("[name='in.cost_centre']", "4220");
        await tomas.Page.FillAsync("#comment", "Take the dock model.");
        await tomas.Page.ClickAsync("button[value=approved]");
        await Expect(tomas.Page.Locator("section.fl-case .fl-note")).ToContainTextAsync("Approved by you");

        // The requester's page follows by itself.
        await Expect(maya.Page.Locator(".fl-waiting p")).ToHaveTextAsync("Done.");
        await Expect(maya.Page.Locator("#request")).ToContainTextAsync("Ordered Studio monitors (Equipment) for 1,847.00 euros");
        await Expect(maya.Page.Locator("#request")).ToContainTextAsync("4220");
        await Expect(maya.Page.Locator(".fl-log")).ToContainTextAsync("Take the dock model.");
        Assert.Empty(maya.Complaints);
        Assert.Empty(tomas.Complaints);
    }

    [BrowserFact]
    public async Task A_field_comes_and_goes_with_the_answer_it_depends_on()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya);
        await maya.Page.FillPurchaseAsync("Cable", "499", reason: null);
        await Expect(maya.Page.Locator("#draft-note")).ToContainTextAsync("Draft saved");
        await Expect(maya.Page.Locator("[name='in.justification']")).ToHaveCountAsync(0);
        await maya.Page.FillAsync("[name='in.amount']", "501");
        await Expect(maya.Page.Locator("[name='in.justification']")).ToBeVisibleAsync();
        await maya.Page.FillAsync("[name='in.amount']", "50");
        await Expect(maya.Page.Locator("[name='in.justification']")).ToHaveCountAsync(0);
        await Expect(maya.Page.Locator("[name='in.item']")).ToHaveValueAsync("Cable");
    }

    [BrowserFact]
    public async Task A_refused_form_keeps_every_entry_and_the_upload()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya);
        await maya.Page.FillPurchaseAsync("Standing desk", "2,390.00", reason: "");
        await maya.Page.FillAsync("[name='in.needed_by']", "2026-12-11");
        await maya.Page.AttachQuoteAsync("Desk,1,2390.00\n");
        await maya.Page.PressSendAsync();

        await Expect(maya.Page.Locator("#form-summary")).ToBeFocusedAsync();
        await Expect(maya.Page.Locator("#form-summary")).ToContainTextAsync("Why is it needed?");
        await Expect(maya.Page.Locator("[name='in.item']")).ToHaveValueAsync("Standing desk");
        await Expect(maya.Page.Locator("[name='in.category']")).ToHaveValueAsync("Equipment");
        await Expect(maya.Page.Locator("[name='in.amount']")).ToHaveValueAsync("2,390.00");
        await Expect(maya.Page.Locator("[name='in.needed_by']")).ToHaveValueAsync("2026-12-11");
        await Expect(maya.Page.Locator("[data-upload-done]")).ToContainTextAsync("quote.csv");
        await maya.Page.FillAsync("[name='in.justification']", Purchase.Reason);
        await maya.Page.SendRequestAsync();
        await Expect(maya.Page.Locator("#request")).ToContainTextAsync("quote.csv");
    }

    [BrowserFact]
    public async Task A_declined_request_shows_who_and_why()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya);
        var id = await maya.Page.AskAsync("Oak desk");
        await using var tomas = await demo.OpenAsAsync(Person.Tomas);
        await tomas.Page.OpenCaseAsync(id);
        await tomas.Page.ClickAsync("button[value=rejected]");
        // A no without a reason is not sent: the comment is asked for.
        await Expect(tomas.Page.Locator("#comment")).ToBeFocusedAsync();
        await tomas.Page.FillAsync("#comment", "Ask again in February.");
        await tomas.Page.ClickAsync("button[value=rejected]");
        await Expect(tomas.Page.Locator("section.fl-case .fl-note")).ToContainTextAsync("Declined by you");
        await Expect(maya.Page.Locator(".fl-waiting")).ToContainTextAsync("Declined by Tomás Okafor.");
        await Expect(maya.Page.Locator(".fl-waiting")).ToContainTextAsync("Ask again in February.");
        await maya.Page.GotoAsync("/requests");
        await Expect(maya.Page.Locator($"a[href='/r/{id}']")).ToContainTextAsync("Declined by Tomás Okafor");
    }

    [BrowserFact]
    public async Task The_enter_key_in_the_comment_decides_nothing()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya);
        var id = await maya.Page.AskAsync("Desk lamp");
        await using var tomas = await demo.OpenAsAsync(Person.Tomas);
        await tomas.Page.OpenCaseAsync(id);
        await tomas.Page.FillAsync("#comment", "Not yet");
        await tomas.Page.PressAsync("#comment", "Enter");
        await Expect(tomas.Page.Locator(".fl-case [role=alert]")).ToContainTextAsync("Nothing was decided");
        await Expect(tomas.Page.Locator("#comment")).ToHaveValueAsync("Not yet");
        await maya.Page.ReloadAsync();
        await Expect(maya.Page.Locator(".fl-waiting")).ToHaveAttributeAsync("data-state", "WAITING");
    }

    [BrowserFact]
    public async Task Nobody_decides_on_a_request_of_their_own()
    {
        await using var ines = await demo.OpenAsAsync(Person.Ines);
        var id = await ines.Page.AskAsync("Own wishes");
        await using var tomas = await demo.OpenAsAsync(Person.Tomas);
        await tomas.Page.OpenCaseAsync(id);
        var address = new Uri(tomas.Page.Url).AbsolutePath;

        await ines.Page.GotoAsync(address);
        await Expect(ines.Page.Locator("section.fl-case")).ToContainTextAsync("You asked for this, so somebody else decides");
        await Expect(ines.Page.Locator("button[value=approved]")).ToHaveCountAsync(0);
        var token = await ines.Page.Locator("input[name=__RequestVerificationToken]").First.InputValueAsync();
        var form = ines.Page.APIRequest.CreateFormData();
        form.Set("__RequestVerificationToken", token);
        form.Set("outcome", "approved");
        form.Set("in.cost_centre", "4210");
        var answer = await ines.Page.APIRequest.PostAsync(address, new() { Form = form });
        Assert.Equal(403, answer.Status);
        await tomas.Page.ReloadAsync();
        await Expect(tomas.Page.Locator("button[value=approved]")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task The_second_to_decide_reads_who_was_first_and_keeps_what_was_typed()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya);
        var id = await maya.Page.AskAsync("Forklift repair");
        await using var tomas = await demo.OpenAsAsync(Person.Tomas);
        await using var priya = await demo.OpenAsAsync(Person.Priya);
        await tomas.Page.OpenCaseAsync(id);
        await priya.Page.OpenCaseAsync(id);
        await priya.Page.SelectOptionAsync("[name='in.cost_centre']", "4210");
        await priya.Page.FillAsync("#comment", "Too dear, I think.");

        await tomas.Page.SelectOptionAsync("[name='in.cost_centre']", "4220");
        await tomas.Page.ClickAsync("button[value=approved]");
        await Expect(tomas.Page.Locator("section.fl-case .fl-note")).ToContainTextAsync("Approved by you");

        // It counts once it can no longer be taken back.
        await Expect(maya.Page.Locator(".fl-waiting p")).ToHaveTextAsync("Done.");
        await priya.Page.ClickAsync("button[value=rejected]");
        await Expect(priya.Page.Locator(".fl-case [role=alert]").First).ToContainTextAsync("Tomás Okafor was first");
        await Expect(priya.Page.Locator("section.fl-case")).ToContainTextAsync("Too dear, I think.");
    }

    [BrowserFact]
    public async Task Looking_at_a_link_decides_nothing_however_often()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya);
        var id = await maya.Page.AskAsync("Route planner");
        await using var tomas = await demo.OpenAsAsync(Person.Tomas);
        await tomas.Page.OpenCaseAsync(id);
        var address = new Uri(tomas.Page.Url).AbsolutePath;
        foreach (var tail in new[] { "", "?done=true", "?outcome=approved", "?outcome=rejected&comment=no", "?outcome=approved&in.cost_centre=4210" })
            for (var i = 0; i < 5; i++)
                Assert.Equal(200, (await tomas.Page.APIRequest.GetAsync(address + tail)).Status);
        await maya.Page.ReloadAsync();
        await Expect(maya.Page.Locator(".fl-waiting")).ToHaveAttributeAsync("data-state", "WAITING");
    }

    [BrowserFact]
    public async Task A_form_that_is_sent_twice_is_one_request()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya);
        await maya.Page.FillPurchaseAsync("Twice the same", "120", reason: null);
        var fields = await maya.Page.EvaluateAsync<Dictionary<string, string>>("() => Object.fromEntries([...new FormData(document.querySelector('#app-form'))].filter(([, value]) => typeof value === 'string'))");
        async Task<string> SendAsync()
        {
            var form = maya.Page.APIRequest.CreateFormData();
            foreach (var (name, value) in fields) form.Set(name, value);
            form.Set("then", "send");
            var answer = await maya.Page.APIRequest.PostAsync(Purchase.Address, new() { Multipart = form, MaxRedirects = 0 });
            Assert.Equal(303, answer.Status);
            return answer.Headers["location"];
        }
        var answers = await Task.WhenAll(SendAsync(), SendAsync(), SendAsync());
        Assert.Single(answers.Distinct());
        await maya.Page.GotoAsync("/requests?q=Twice");
        await Expect(maya.Page.Locator(".fl-mine li")).ToHaveCountAsync(1);
    }
}
