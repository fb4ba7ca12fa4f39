using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Developers;

/// <summary>Making an app: its text, what becomes of it, its looks.</summary>
[Collection(DemoCollection.Name)]
public sealed class AppEditorTests(Demo demo)
{
    private const string Text = """
        id: loan-desk
        type: apps.Execution
        namespace: company.purchasing
        flowId: purchase-request
        displayName: The loan desk
        layout:
          - on: OPEN
            blocks:
              - type: apps.core.blocks.Markdown
                content: What would you like?
              - type: apps.execution.blocks.CreateExecutionForm
              - type: apps.execution.blocks.CreateExecutionButton
                text: Order it

        """;

    [BrowserFact]
    public async Task The_app_beside_its_text_follows_it_and_can_be_filled()
    {
        await using var ines = await demo.OpenAsAsync(Person.Ines);
        var page = ines.Page;
        await page.GotoAsync("/apps-admin/new");
        await CodeEditor.WriteAsync(page, Text);
        var preview = page.Locator("#topology");
        await Expect(preview).ToContainTextAsync("The loan desk");
        await Expect(preview).ToContainTextAsync("What would you like?");
        await Expect(preview.Locator("[name='in.justification']")).ToHaveCountAsync(0);
        await page.FillAsync("[name='in.amount']", "900");
        await Expect(preview.Locator("[name='in.justification']")).ToBeVisibleAsync();
        await CodeEditor.WriteAsync(page, Text.Replace("What would you like?", "What is it to be?", StringComparison.Ordinal));
        await Expect(preview).ToContainTextAsync("What is it to be?");
        await Expect(preview.Locator("[name='in.amount']")).ToHaveValueAsync("900");
        Assert.Empty(ines.Complaints);
    }

    [BrowserFact]
    public async Task The_company_s_words_colour_and_logo_are_on_the_pages_of_people()
    {
        await using var ines = await demo.OpenAsAsync(Person.Ines, scripts: false);
        await using var maya = await demo.OpenAsAsync(Person.Maya);
        var page = ines.Page;
        await page.GotoAsync("/apps-admin/looks");
        await page.FillAsync("[name=color]", "#ffd54f");
        await page.ClickAsync("main button[type=submit]");
        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("Choose a darker colour");
        await SaveAsync(page, "Welcome to Harbourline", "#7a1f5c");
        try
        {
            await maya.Page.GotoAsync("/apps");
            await Expect(maya.Page.Locator("h1")).ToHaveTextAsync("Welcome to Harbourline");
            await Expect(maya.Page.Locator("img[src^='/brand-logo.svg']").First).ToHaveJSPropertyAsync("complete", true);
            await maya.Page.GotoAsync("/a/company.purchasing/purchase-request");
            await Expect(maya.Page.Locator(".fl-form-foot .btn-primary")).ToHaveCSSAsync("background-color", "rgb(122, 31, 92)");
            Assert.Empty(await maya.AccessibilityProblemsAsync());
            Assert.Empty(maya.Complaints);
        }
        finally
        {
            await SaveAsync(page, "", "");
        }
    }

    private static async Task SaveAsync(IPage page, string title, string color)
    {
        await page.GotoAsync("/apps-admin/looks");
        await page.FillAsync("[name=title]", title);
        await page.FillAsync("[name=color]", color);
        if (color.Length > 0) await page.SetInputFilesAsync("[name=logo]", new FilePayload { Name = "logo.svg", MimeType = "image/svg+xml", Buffer = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>"""u8.ToArray() });
        else await page.CheckAsync("[name=drop-logo]");
        await page.ClickAsync("main button[type=submit]");
        await Expect(page.Locator("[role=alert]")).ToHaveCountAsync(0);
    }
}
