using FlowApps.E2E.Developers;
using FlowApps.E2E.Journeys;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Pictures;

/// <summary>The film strips of the README, from the product as it is. Not among what <c>./flowapps test</c> runs, as every run draws them anew.</summary>
[Collection(DemoCollection.Name)]
[Trait("Category", "Pictures")]
public sealed class ReadmeTests(Demo demo)
{
    private const string Flow = """
        id: nightly-report
        namespace: company.data
        description: Counts what was sold in each town and tells the team.
        inputs:
          - {id: towns, type: MULTISELECT, displayName: Towns, values: [Lyon, Porto, Gdansk], defaults: [Lyon, Porto, Gdansk]}
        tasks:
          - id: each_town
            type: core.flow.ForEach
            description: Count each town
            values: "{{ inputs.towns }}"
            concurrencyLimit: 0
            tasks:
              - id: count
                type: core.flow.Sleep
                duration: PT2S
          - id: tell
            type: core.log.Log
            message: "Counted {{ inputs.towns | length }} towns."

        """;

    [Fact]
    public async Task Asked_for_decided_done()
    {
        var strip = new FilmStrip(width: 340);
        await using var maya = await demo.OpenAsAsync(Person.Maya, Screen.PhoneLight);
        await maya.Page.FillPurchaseAsync("Three 27-inch screens", "1,847.00");
        await maya.Page.AttachQuoteAsync();
        await maya.Page.EvaluateAsync("() => scrollTo(0, 90)");
        await strip.AddAsync(maya.Page, "Maya asks. More is asked only when it is needed.");
        var request = await maya.Page.SendRequestAsync();
        await maya.Page.Locator(".fl-waiting[data-state=WAITING]").WaitForAsync();
        await strip.AddAsync(maya.Page, "One sentence says whom it waits for.");
        await using var tomas = await demo.OpenAsAsync(Person.Tomas, Screen.PhoneLight);
        await tomas.Page.OpenCaseAsync(request);
        await tomas.Page.SelectOptionAsync("[name='in.cost_centre']", "4220");
        await tomas.Page.EvaluateAsync("() => scrollTo(0, 0)");
        await strip.AddAsync(tomas.Page, "Tomás sees the answers, the quote and what follows.");
        await tomas.Page.ClickAsync("button[value=approved]");
        await Expect(maya.Page.Locator(".fl-waiting[data-state=SUCCESS]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await maya.Page.EvaluateAsync("() => scrollTo(0, 0)");
        await strip.AddAsync(maya.Page, "Done: her page has changed by itself.");
        await strip.WriteAsync(maya.Page.Context, "request");
    }

    private const string Outing = """
        id: team-outing
        namespace: company.people
        labels: {app: "true"}

        inputs:
          - id: where           # a town, or "surprise us"
            type: STRING
            displayName: Where shall we go?
          - id: day
            type: DATE
            displayName: Which day?

        tasks:
          - id: ask
            type: core.flow.Pause
            description: "An outing to {{ inputs.where }}?"

        """;

    [Fact]
    public async Task Built_with_the_mouse()
    {
        var strip = new FilmStrip(width: 660);
        await using var ines = await demo.OpenAsAsync(Person.Ines, Screen.DesktopLight with { Width = 1180, Height = 760 });
        var page = ines.Page;
        await page.GotoAsync("/flows/new?pane=form");
        await CodeEditor.WriteAsync(page, Outing);
        await Expect(page.Locator("#card-day")).ToBeVisibleAsync();
        await page.ClickAsync("#add-inputs > summary");
        await Expect(page.Locator("#add-inputs [data-kind=SELECT]")).ToBeVisibleAsync();
        await strip.AddAsync(page, "The form beside its text. Ines picks a field.");
        await page.ClickAsync("#add-inputs [data-kind=SELECT]");
        await Expect(page.Locator("#card-choice-displayName")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("How do we get there?");
        await page.Keyboard.PressAsync("Tab");
        await page.FillAsync("#card-how_do_we_get_there-values", "Train\nBoat\nOn foot");
        await page.Locator("#card-how_do_we_get_there-values").BlurAsync();
        await Expect(page.Locator("#form-preview")).ToContainTextAsync("On foot");
        await page.Locator("#card-how_do_we_get_there").ScrollIntoViewIfNeededAsync();
        await strip.AddAsync(page, "What she types is written into the text; comments stay.");
        await page.Locator("#form-preview").EvaluateAsync("preview => preview.scrollIntoView()");
        await strip.AddAsync(page, "Below, the form as people will see it.");
        await strip.WriteAsync(page.Context, "builder");
    }

    [Fact]
    public async Task Written_run_watched()
    {
        var strip = new FilmStrip(width: 660);
        await using var ines = await demo.OpenAsAsync(Person.Ines, Screen.DesktopLight with { Width = 1180, Height = 760 });
        var page = ines.Page;
        await page.GotoAsync("/flows/new");
        await CodeEditor.WriteAsync(page, Flow);
        await Expect(page.Locator("#topology .name").First).ToBeVisibleAsync();
        await strip.AddAsync(page, "Ines writes a flow. It is checked and drawn while she types.");
        await page.Keyboard.PressAsync("Control+S");
        await page.WaitForURLAsync("**/flows/company.data/nightly-report");
        await page.ClickAsync("a[data-run]");
        await page.ClickAsync("button:has-text('Run nightly-report')");
        await Expect(page.Locator(".fl-head .is-pill")).ToHaveTextAsync("Running");
        await Expect(page.Locator("[data-lane]").Nth(2)).ToBeVisibleAsync();
        await strip.AddAsync(page, "She runs it and watches every task live.");
        await Expect(page.Locator(".fl-head .is-pill")).ToHaveTextAsync("Success", new() { Timeout = 60_000 });
        await page.GotoAsync(page.Url.Split('?')[0] + "/events");
        await page.Keyboard.PressAsync("ArrowLeft");
        await strip.AddAsync(page, "Every moment of it can be looked at again, event by event.");
        await strip.WriteAsync(page.Context, "developer");
    }
}
