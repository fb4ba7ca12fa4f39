using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Journeys;

/// <summary>Fill, keep for later, send, decide: without any script.</summary>
[Collection(DemoCollection.Name)]
public sealed class ScriptlessTests(Demo demo)
{
    [BrowserFact]
    public async Task The_whole_journey_works_without_scripts()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya, scripts: false);
        await maya.Page.GotoAsync(Purchase.Address);
        await maya.Page.FillAsync("[name='in.item']", "Whiteboard");
        await maya.Page.SelectOptionAsync("[name='in.category']", "Equipment");
        await maya.Page.FillAsync("[name='in.amount']", "700");
        await maya.Page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "board.csv", MimeType = "text/csv", Buffer = "Board,1,700.00\n"u8.ToArray() });
        await maya.Page.ClickAsync("button[value=later]");
        await maya.Page.ClickAsync(".fl-continue a");
        await Expect(maya.Page.Locator("[name='in.item']")).ToHaveValueAsync("Whiteboard");
        await Expect(maya.Page.Locator("[data-upload-done]")).ToContainTextAsync("board.csv");

        // The reason is asked for now that the server knows the amount; sending without it is refused and keeps the rest.
        await maya.Page.PressSendAsync();
        await Expect(maya.Page.Locator("#form-summary")).ToContainTextAsync("Why is it needed?");
        await maya.Page.FillAsync("[name='in.justification']", Purchase.Reason);
        var id = await maya.Page.SendRequestAsync();

        await using var tomas = await demo.OpenAsAsync(Person.Tomas, scripts: false);
        await UntilAsync(async () =>
        {
            await tomas.Page.GotoAsync("/approvals");
            await Expect(tomas.Page.Locator($".fl-item[href*='{id}']")).ToBeVisibleAsync(new() { Timeout = 200 });
        });
        await tomas.Page.OpenCaseAsync(id);
        await tomas.Page.ClickAsync("button[value=rejected]");
        await Expect(tomas.Page.Locator("#comment-error")).ToContainTextAsync("Say why");
        await tomas.Page.SelectOptionAsync("[name='in.cost_centre']", "4300");
        await tomas.Page.ClickAsync("button[value=approved]");
        await Expect(tomas.Page.Locator("section.fl-case .fl-note")).ToContainTextAsync("Approved by you");
        await maya.Page.GotoAsync("/requests?q=Whiteboard");
        await Expect(maya.Page.Locator(".fl-mine li")).ToHaveCountAsync(1);
    }

    private static async Task UntilAsync(Func<Task> holds)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await holds();
                return;
            }
            catch (PlaywrightException) when (tries < 50)
            {
                // Looked at again: without scripts a page does not follow by itself.
            }
        }
    }
}
