using FlowApps.E2E.Journeys;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Approvals;

/// <summary>The demo's loan of equipment: two groups decide, either asks for changes.</summary>
[Collection(DemoCollection.Name)]
public sealed class LoanTests(Demo demo)
{
    private const string Address = "/a/company.it/equipment-loan";

    [BrowserFact]
    public async Task Changes_are_asked_for_made_shown_as_a_difference_and_decided()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya);
        await maya.Page.GotoAsync(Address);
        await maya.Page.FillAsync("[name='in.equipment']", "Colour probe");
        await maya.Page.FillAsync("[name='in.pieces']", "3");
        await maya.Page.FillAsync("[name='in.until']", "2027-03-01");
        await maya.Page.FillAsync("[name='in.purpose']", "Proofs");
        var id = await maya.Page.SendRequestAsync();
        await maya.Page.Locator(".fl-waiting[data-state=WAITING]").WaitForAsync();

        await using var jonas = await demo.OpenAsAsync(Person.Jonas);
        await jonas.Page.OpenCaseAsync(id);
        await Expect(jonas.Page.Locator(".fl-then")).ToContainTextAsync("Once the others have approved too: Prepare it.");
        await Expect(jonas.Page.Locator(".fl-then")).ToContainTextAsync("It ends here, and Maya Lindqvist is told.");
        await jonas.Page.ClickAsync("#ask-changes summary");
        await jonas.Page.FillAsync("#ask-pieces", "Two are enough for proofs.");
        await jonas.Page.ClickAsync("button[value=request-changes]");
        await Expect(jonas.Page.Locator("section.fl-case .fl-note").First).ToContainTextAsync("Changes asked by you");

        // The requester hears of it, on the page of the request and among the notifications.
        await Expect(maya.Page.Locator(".fl-waiting p").First).ToContainTextAsync("to change an answer");
        await Expect(maya.Page.Locator("#request")).ToContainTextAsync("Two are enough for proofs.");
        await using (var reading = await demo.OpenAsAsync(Person.Maya))
        {
            await reading.Page.GotoAsync("/notifications?all=true");
            await Expect(reading.Page.Locator("#notifications")).ToContainTextAsync("Jonas Weber asks you to change one answer.");
        }
        await maya.Page.ClickAsync("a:has-text('Change your answers')");
        await Expect(maya.Page.Locator("[name='in.pieces']")).ToHaveValueAsync("3");
        await Expect(maya.Page.Locator("[name='in.purpose']")).ToHaveCountAsync(0);
        await maya.Page.FillAsync("[name='in.pieces']", "2");
        await maya.Page.FillAsync("#comment", "Two will do.");
        await maya.Page.ClickAsync("button:has-text('Send it back')");
        await maya.Page.Locator(".fl-waiting[data-state=WAITING]").WaitForAsync();

        foreach (var person in new[] { Person.Jonas, Person.Tomas })
        {
            await using var approver = await demo.OpenAsAsync(person);
            await approver.Page.OpenCaseAsync(id);
            await Expect(approver.Page.Locator("section.fl-case h1")).ToHaveTextAsync("Lend 2 × Colour probe");
            await Expect(approver.Page.Locator(".fl-diff del")).ToHaveTextAsync("3");
            await Expect(approver.Page.Locator(".fl-diff ins")).ToHaveTextAsync("2");
            await Expect(approver.Page.Locator("section.fl-case")).ToContainTextAsync("Two will do.");
            await approver.Page.ClickAsync("button[value=approve]");
            await Expect(approver.Page.Locator("section.fl-case .fl-note").First).ToContainTextAsync("Approved by you");
            Assert.Empty(approver.Complaints);
        }
        await Expect(maya.Page.Locator(".fl-waiting p").First).ToHaveTextAsync("Done.");
        await Expect(maya.Page.Locator("#request")).ToContainTextAsync("2 × Colour probe until 2027-03-01");
        // Lists show the answers as they are now.
        await maya.Page.GotoAsync("/requests?q=Colour");
        await Expect(maya.Page.Locator(".fl-mine li")).ToHaveCountAsync(1);
        Assert.Empty(maya.Complaints);
        Assert.Empty(jonas.Complaints);
    }
}
