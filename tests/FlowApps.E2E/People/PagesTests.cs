using System.Net.Http.Json;
using FlowApps.E2E.Approvals;
using FlowApps.E2E.Journeys;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.People;

/// <summary>Every page of requesters and approvers on every screen: a picture, no accessibility problem, nothing wider than the screen, no complaint of the browser.</summary>
[Collection(DemoCollection.Name)]
public sealed class PagesTests(Demo demo)
{
    [BrowserFact]
    public async Task Pages_of_requesters_are_clean_on_every_screen()
    {
        string waiting, declined;
        await using (var maya = await demo.OpenAsAsync(Person.Maya))
        {
            declined = await maya.Page.AskAsync("Corner desk");
            waiting = await maya.Page.AskAsync("Crane service, Gdańsk");
            await using var tomas = await demo.OpenAsAsync(Person.Tomas);
            await tomas.Page.OpenCaseAsync(declined);
            await tomas.Page.FillAsync("#comment", "We renew all desks in spring.");
            await tomas.Page.ClickAsync("button[value=rejected]");
            await Expect(tomas.Page.Locator("section.fl-case .fl-note")).ToContainTextAsync("Declined by you");
        }
        foreach (var screen in Screen.All)
        {
            await using var maya = await demo.OpenAsAsync(Person.Maya, screen);
            await LookAsync(maya, "apps", "/apps");
            await LookAsync(maya, "apps-none", "/apps?q=zzzz");
            await LookAsync(maya, "requests", "/requests");
            await LookAsync(maya, "requests-none", "/requests?q=zzzz");
            await LookAsync(maya, "request-waiting", $"/r/{waiting}");
            await LookAsync(maya, "request-declined", $"/r/{declined}");
            await LookAsync(maya, "missing", "/r/there-is-none");
            await LookAsync(maya, "form", Purchase.Address);

            await maya.Page.FillPurchaseAsync("x", "900", reason: "");
            await maya.Page.PressSendAsync();
            await Expect(maya.Page.Locator("#form-summary")).ToBeFocusedAsync();
            await LookAsync(maya, "form-refused", address: null);
        }
    }

    [BrowserFact]
    public async Task Pages_of_approvers_are_clean_on_every_screen()
    {
        string waiting, decided;
        using var ines = demo.Program(Person.Ines);
        await ines.SaveQuestionAsync("e2e.looks", "require: 1 of finance\nurgency: HIGH\nconfirm: PASSWORD\ndue: {within: PT1H}");
        var talked = await ines.AskAsync("e2e.looks", "A question of pages");
        foreach (var (person, text) in new[] { (Person.Tomas, "Is delivery in it?"), (Person.Ines, "Yes, by ship.") })
        {
            using var program = demo.Program(person);
            using var sent = await program.PostAsJsonAsync($"/api/v1/main/approvals/{talked.Execution}/{talked.TaskRun}/remarks", new { text });
            sent.EnsureSuccessStatusCode();
        }
        await using (var maya = await demo.OpenAsAsync(Person.Maya))
        {
            decided = await maya.Page.AskAsync("Pallet scale");
            waiting = await maya.Page.AskAsync("Annual fee, route planner", "9,840.00");
        }
        foreach (var screen in Screen.All)
        {
            await using var tomas = await demo.OpenAsAsync(Person.Tomas, screen);
            await LookAsync(tomas, "approvals", "/approvals");
            await tomas.Page.OpenCaseAsync(waiting);
            await LookAsync(tomas, "case", address: null);
            await tomas.Page.ClickAsync("button[value=rejected]");
            await Expect(tomas.Page.Locator("#comment")).ToBeFocusedAsync();
            await LookAsync(tomas, "case-reason", address: null);
            if (screen == Screen.DesktopLight)
            {
                await tomas.Page.OpenCaseAsync(decided);
                await tomas.Page.SelectOptionAsync("[name='in.cost_centre']", "4220");
                await tomas.Page.FillAsync("#comment", "Take the large one.");
                await tomas.Page.ClickAsync("button[value=approved]");
                await Expect(tomas.Page.Locator("section.fl-case .fl-note")).ToContainTextAsync("Approved by you");
                await LookAsync(tomas, "case-decided", address: null);
            }
            await LookAsync(tomas, "case-thread", $"/approvals/{talked.Execution}/{talked.TaskRun}");
            await LookAsync(tomas, "inbox-narrowed", "/approvals?q=of+pages&only=team");
            await LookAsync(tomas, "inbox-several", "/approvals?q=of+pages&several=true");
            await LookAsync(tomas, "several", $"/approvals/several?id={talked.Execution}~{talked.TaskRun}");
            await LookAsync(tomas, "delegations", "/approvals/delegations");
            await LookAsync(tomas, "with-others", "/approvals?tab=others");
            await LookAsync(tomas, "notifications", "/notifications?all=true");
            await LookAsync(tomas, "me", "/me");
            await LookAsync(tomas, "decided", "/approvals?tab=decided");
            await LookAsync(tomas, "request-done", $"/r/{decided}");
        }
    }

    [BrowserFact]
    public async Task Pages_of_administrators_are_clean_on_every_screen()
    {
        foreach (var screen in Screen.All)
        {
            await using var sam = await demo.OpenAsAsync(Person.Sam, screen);
            await LookAsync(sam, "accounts", "/accounts");
            await LookAsync(sam, "account-new", "/accounts/new");
            await LookAsync(sam, "account", "/accounts/tomas");
            await LookAsync(sam, "messages", "/messages");
            await LookAsync(sam, "looks", "/apps-admin/looks");
        }
    }

    [BrowserFact]
    public async Task The_inbox_is_gone_through_with_the_keyboard()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya);
        await maya.Page.AskAsync("First in the row");
        await maya.Page.AskAsync("Second in the row");
        await using var priya = await demo.OpenAsAsync(Person.Priya);
        await priya.Page.GotoAsync("/approvals");
        var first = await priya.Page.Locator(".fl-item").Nth(0).GetAttributeAsync("href");
        var second = await priya.Page.Locator(".fl-item").Nth(1).GetAttributeAsync("href");
        await priya.Page.Keyboard.PressAsync("j");
        await priya.Page.WaitForURLAsync($"**{first}");
        await priya.Page.Keyboard.PressAsync("j");
        await priya.Page.WaitForURLAsync($"**{second}");
        await priya.Page.Keyboard.PressAsync("k");
        await priya.Page.WaitForURLAsync($"**{first}");
        await priya.Page.Keyboard.PressAsync("r");
        await Expect(priya.Page.Locator("#comment")).ToBeFocusedAsync();
        // A letter in a field is a letter.
        await priya.Page.Keyboard.TypeAsync("a jar");
        await Expect(priya.Page.Locator("#comment")).ToHaveValueAsync("a jar");
        Assert.EndsWith(first!, priya.Page.Url, StringComparison.Ordinal);
    }

    private static async Task LookAsync(Window window, string name, string? address)
    {
        if (address is not null) await window.Page.GotoAsync(address);
        await window.PictureAsync(name);
        // As high as its content, so that nothing lies half under a bar that stays at the bottom; the page keeps scroll padding for it.
        var height = await window.Page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        await window.Page.SetViewportSizeAsync(window.Screen.Width, Math.Max(height + 200, window.Screen.Height));
        Assert.Equal([], (await window.AccessibilityProblemsAsync()).Select(problem => $"{name} {window.Screen.Name}: {problem}"));
        Assert.True(await window.SidewaysAsync() == 0, $"{name} is wider than {window.Screen.Name}.");
        Assert.Empty(window.Complaints);
        await window.Page.SetViewportSizeAsync(window.Screen.Width, window.Screen.Height);
    }
}
