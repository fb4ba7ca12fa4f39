using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Developers;

/// <summary>Building a form with the mouse, and with the keys alone, beside the text that stays the truth.</summary>
[Collection(DemoCollection.Name)]
public sealed class FormBuilderTests(Demo demo)
{
    private const string Text = """
        id: outing
        namespace: e2e.forms

        inputs:
          # whither
          - id: place   # a town
            type: STRING
            displayName: Where to?
          - id: day
            type: DATE

        tasks:
          - id: say
            type: core.log.Log
            message: "{{ inputs.place }}"

        """;

    [BrowserFact]
    public async Task A_field_is_added_changed_moved_copied_and_deleted_and_the_text_keeps_its_comments()
    {
        await using var ines = await demo.OpenAsAsync(Person.Ines);
        var page = ines.Page;
        await OpenAsync(page);
        var before = await SourceAsync(page);

        await page.ClickAsync("#add-inputs > summary");
        await page.ClickAsync("#add-inputs [data-kind=SELECT]");
        await Expect(page.Locator("#card-choice-displayName")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("How do we go?");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#card-how_do_we_go summary b")).ToHaveTextAsync("How do we go?");
        await page.FillAsync("#card-how_do_we_go-values", "Train\nbus = By bus");
        await page.Locator("#card-how_do_we_go-values").BlurAsync();
        await HasAsync(page, "  - id: how_do_we_go\n    type: SELECT\n    displayName: How do we go?\n    values:\n      - Train\n      - {value: bus, label: By bus}\n");
        await Expect(page.Locator("#form-preview")).ToContainTextAsync("By bus");

        await page.Locator("#card-how_do_we_go [data-grip]").DragToAsync(page.Locator("#card-place > details > summary"), new() { TargetPosition = new() { X = 60, Y = 4 } });
        await Expect(page.Locator("#form-pane > .fl-cards > li").First).ToHaveIdAsync("card-how_do_we_go");
        await page.ClickAsync("[aria-label='Copy Where to?']");
        await HasAsync(page, "  # whither\n  - id: place   # a town\n    type: STRING\n    displayName: Where to?\n  - id: place_2   # a town\n");
        await page.ClickAsync("#card-place_2 > .fl-input-tools [data-do=remove]");
        await Expect(page.Locator("#card-place_2")).ToHaveCountAsync(0);

        // Four changes of the text since the field was there: each is one step back.
        await page.ClickAsync("#card-how_do_we_go > .fl-input-tools [data-do=remove]");
        await HasAsync(page, before);
        await page.ClickAsync("[data-undo]");
        await Expect(page.Locator("#card-how_do_we_go")).ToBeVisibleAsync();
        Assert.Empty(ines.Complaints);
    }

    [BrowserFact]
    public async Task The_keys_alone_are_enough()
    {
        await using var ines = await demo.OpenAsAsync(Person.Ines);
        var page = ines.Page;
        await OpenAsync(page);
        await page.FocusAsync("#card-day > details > summary");
        await page.Keyboard.PressAsync("Alt+ArrowUp");
        await HasAsync(page, "inputs:\n  - id: day\n    type: DATE\n  # whither\n  - id: place");
        await Expect(page.Locator("#card-day > details > summary")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.Locator("#form-pane > .fl-cards > li").First).ToHaveIdAsync("card-place");
        await OpenCardAsync(page, "#card-day");
        await page.FocusAsync("#card-day-required");
        await page.Keyboard.PressAsync("Space");
        await HasAsync(page, "  - id: day\n    type: DATE\n    required: false\n");
        await page.FocusAsync("#card-day-displayName");
        await page.Keyboard.TypeAsync("Which day?");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#form-preview")).ToContainTextAsync("Which day?");
        await Expect(page.Locator("#form-pane")).ToContainTextAsync("Date, optional");
        Assert.Empty(ines.Complaints);
    }

    [BrowserFact]
    public async Task The_cards_follow_the_text_and_say_what_is_wrong_in_it()
    {
        foreach (var screen in new[] { Screen.DesktopDark, Screen.PhoneLight })
        {
            await using var ines = await demo.OpenAsAsync(Person.Ines, screen);
            var page = ines.Page;
            await OpenAsync(page);
            await CodeEditor.WriteAsync(page, Text.Replace("type: DATE", "type: DAY", StringComparison.Ordinal));
            await Expect(page.Locator("#card-day")).ToContainTextAsync("Needs a look");
            await page.ClickAsync("#card-day > details > summary");
            await Expect(page.Locator("#card-day .fl-error")).ToContainTextAsync("Invalid type: DAY");
            Assert.Empty(await ines.AccessibilityProblemsAsync());
            Assert.Equal(0, await ines.SidewaysAsync());
            await CodeEditor.WriteAsync(page, "inputs: [");
            await Expect(page.Locator("#form-pane")).ToContainTextAsync("when the text can be read");
            await CodeEditor.WriteAsync(page, Text.Replace("id: day", "id: daytime", StringComparison.Ordinal));
            await Expect(page.Locator("#card-daytime")).ToBeVisibleAsync();
            Assert.Empty(await ines.AccessibilityProblemsAsync());
            Assert.Empty(ines.Complaints);
        }
    }

    private static async Task OpenAsync(IPage page)
    {
        await page.GotoAsync("/flows/new?pane=form");
        await CodeEditor.WriteAsync(page, Text.ReplaceLineEndings("\n"));
        await Expect(page.Locator("#card-day")).ToBeVisibleAsync();
        await Expect(page.Locator("#form-preview")).ToContainTextAsync("Where to?");
    }

    /// <summary>A key in the very moment in which the cards change places goes nowhere: a person presses it again.</summary>
    private static async Task OpenCardAsync(IPage page, string card)
    {
        for (var press = 0; press < 5 && await page.Locator($"{card} > details[open]").CountAsync() == 0; press++)
        {
            await page.FocusAsync($"{card} > details > summary");
            await page.Keyboard.PressAsync("Enter");
            await Task.WhenAny(page.Locator($"{card} > details[open]").WaitForAsync(), Task.Delay(TimeSpan.FromSeconds(5)));
        }
        await Expect(page.Locator($"{card} > details")).ToHaveAttributeAsync("open", "");
    }

    private static Task<string> SourceAsync(IPage page) => page.EvaluateAsync<string>("document.querySelector('textarea[name=source]').value");

    private static Task HasAsync(IPage page, string part) => page.WaitForFunctionAsync("part => document.querySelector('textarea[name=source]').value.includes(part)", part, new() { Timeout = 60_000 });
}
