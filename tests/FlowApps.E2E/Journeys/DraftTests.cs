using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Journeys;

/// <summary>What is typed is kept: by the server, and by the browser where the server cannot be asked.</summary>
[Collection(DemoCollection.Name)]
public sealed class DraftTests(Demo demo)
{
    [BrowserFact]
    public async Task A_slow_answer_to_what_was_typed_before_undoes_nothing_that_was_typed_since()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya);
        await maya.Page.GotoAsync("/a/company.it/equipment-loan");
        var (held, first) = (new TaskCompletionSource(), new TaskCompletionSource());
        await maya.Page.RouteAsync("**/change", async route =>
        {
            var isFirst = first.TrySetResult();
            var answer = await route.FetchAsync();
            if (isFirst) await held.Task;
            await route.FulfillAsync(new() { Response = answer });
        });
        await maya.Page.FillAsync("[name='in.equipment']", "Probe");
        await first.Task.WaitAsync(TimeSpan.FromMinutes(1));
        // The number is 1 unless somebody says otherwise. It is typed, and left, while that answer is on its way.
        await maya.Page.FillAsync("[name='in.pieces']", "7");
        await maya.Page.FocusAsync("[name='in.purpose']");
        held.SetResult();
        await Expect(maya.Page.Locator("#draft-note")).ToContainTextAsync("Draft saved");
        await Expect(maya.Page.Locator("[name='in.pieces']")).ToHaveValueAsync("7");
        await Expect(maya.Page.Locator("[name='in.equipment']")).ToHaveValueAsync("Probe");
        Assert.Empty(maya.Complaints);
    }

    [BrowserFact]
    public async Task A_draft_is_there_again_on_another_device()
    {
        await using var desk = await demo.OpenAsAsync(Person.Jonas);
        await desk.Page.FillPurchaseAsync("Docking station", "640", "The old one is broken since Monday.");
        await desk.Page.AttachQuoteAsync("Dock,1,640.00\n");
        await desk.Page.ClickAsync("button[value=later]");
        await Expect(desk.Page.Locator(".fl-continue")).ToContainTextAsync("Purchase request");

        await using var phone = await demo.OpenAsAsync(Person.Jonas, Screen.PhoneLight);
        await phone.Page.GotoAsync("/apps");
        await phone.Page.ClickAsync(".fl-continue a");
        await Expect(phone.Page.Locator("[name='in.item']")).ToHaveValueAsync("Docking station");
        await Expect(phone.Page.Locator("[name='in.justification']")).ToHaveValueAsync("The old one is broken since Monday.");
        await Expect(phone.Page.Locator("[data-upload-done]")).ToContainTextAsync("quote.csv");
        await phone.Page.SendRequestAsync();
        await phone.Page.GotoAsync("/apps");
        await Expect(phone.Page.Locator(".fl-continue")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task What_is_typed_after_the_session_ended_is_there_after_signing_in_again()
    {
        await using var sam = await demo.OpenAsAsync(Person.Sam);
        await sam.Page.FillPurchaseAsync("Label printer", "80", reason: null);
        // What was typed so far is all saved, so that nothing but the next words meets the end of the session.
        await sam.Page.RunAndWaitForResponseAsync(() => sam.Page.FillAsync("[name='in.item']", "Label printer, blue"),
            answer => answer.Request.PostData?.Contains("Label printer, blue", StringComparison.Ordinal) == true);
        await sam.Page.Context.ClearCookiesAsync();
        await sam.Page.FillAsync("[name='in.item']", "Label printer, the small one");
        await sam.Page.WaitForURLAsync("**/sign-in*");
        await sam.Page.FillAsync("[name=user]", Person.Sam.Name);
        await sam.Page.FillAsync("[name=pass]", Person.Sam.Password);
        await sam.Page.ClickAsync("form[action='/sign-in'] button[type=submit]");
        await sam.Page.WaitForURLAsync($"**{Purchase.Address}");
        await Expect(sam.Page.Locator("[name='in.item']")).ToHaveValueAsync("Label printer, the small one");
        await Expect(sam.Page.Locator("[name='in.amount']")).ToHaveValueAsync("80");
    }

    [BrowserFact]
    public async Task A_new_form_after_sending_is_empty()
    {
        await using var priya = await demo.OpenAsAsync(Person.Priya);
        await priya.Page.FillPurchaseAsync("Chair", "90", reason: null);
        await priya.Page.SendRequestAsync();
        await priya.Page.GotoAsync(Purchase.Address);
        await Expect(priya.Page.Locator("[name='in.item']")).ToHaveValueAsync("");
        await Expect(priya.Page.Locator("[name='in.amount']")).ToHaveValueAsync("");
    }

    [BrowserFact]
    public async Task An_earlier_state_of_a_draft_comes_back_and_the_later_one_stays()
    {
        await using var ines = await demo.OpenAsAsync(Person.Ines);
        var page = ines.Page;
        await page.FillPurchaseAsync("Bench", "80", reason: null);
        await Expect(page.Locator("#draft-note")).ToContainTextAsync("Draft saved");
        await page.ClickAsync("button[value=later]");
        await page.FillPurchaseAsync("Lathe", "90", reason: null);
        await page.ClickAsync("button[value=later]");
        await page.GotoAsync(Purchase.Address);
        await page.ClickAsync("summary:has-text('Earlier states')");
        Assert.Empty(await ines.AccessibilityProblemsAsync());
        await ines.PictureAsync("draft-earlier");
        await page.ClickAsync(".fl-earlier button:has-text('Bench')");
        await Expect(page.Locator("[name='in.item']")).ToHaveValueAsync("Bench");
        await Expect(page.Locator("[name='in.amount']")).ToHaveValueAsync("80");
        await page.ClickAsync("summary:has-text('Earlier states')");
        await page.ClickAsync(".fl-earlier button:has-text('Lathe')");
        await Expect(page.Locator("[name='in.item']")).ToHaveValueAsync("Lathe");
        await page.SendRequestAsync();
    }

    [BrowserFact]
    public async Task Answers_in_the_address_fill_the_form_and_what_is_typed_over_them_is_kept()
    {
        await using var ines = await demo.OpenAsAsync(Person.Ines);
        var page = ines.Page;
        await page.GotoAsync($"{Purchase.Address}?item=Shelf&category=Equipment&amount=120&nothing=here");
        await Expect(page.Locator("[name='in.item']")).ToHaveValueAsync("Shelf");
        await Expect(page.Locator("[name='in.category']")).ToHaveValueAsync("Equipment");
        await page.FillAsync("[name='in.amount']", "140");
        await Expect(page.Locator("#draft-note")).ToContainTextAsync("Draft saved");
        await page.ReloadAsync();
        await Expect(page.Locator("[name='in.item']")).ToHaveValueAsync("Shelf");
        await Expect(page.Locator("[name='in.amount']")).ToHaveValueAsync("140");
        await page.SendRequestAsync();
    }

    [BrowserFact]
    public async Task A_draft_that_somebody_changed_on_another_device_is_not_undone_by_what_this_one_kept()
    {
        await using var desk = await demo.OpenAsAsync(Person.Sam);
        await desk.Page.FillPurchaseAsync("Drill", "60", reason: null);
        await Expect(desk.Page.Locator("#draft-note")).ToContainTextAsync("Draft saved");
        // The last words do not reach the server.
        await desk.Page.RouteAsync("**/change", route => route.AbortAsync("connectionreset"));
        await desk.Page.FillAsync("[name='in.item']", "Drill with a case");
        await Expect(desk.Page.Locator("#draft-note")).ToContainTextAsync("kept on this device");
        await using (var phone = await demo.OpenAsAsync(Person.Sam, Screen.PhoneLight))
        {
            await phone.Page.GotoAsync(Purchase.Address);
            await phone.Page.RunAndWaitForResponseAsync(() => phone.Page.FillAsync("[name='in.item']", "Two drills"),
                answer => answer.Request.PostData?.Contains("Two drills", StringComparison.Ordinal) == true);
        }
        await desk.Page.ReloadAsync();
        await Expect(desk.Page.Locator("[name='in.item']")).ToHaveValueAsync("Two drills");
        await desk.Page.UnrouteAllAsync();
        await desk.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await desk.Page.SendRequestAsync();
    }
}
