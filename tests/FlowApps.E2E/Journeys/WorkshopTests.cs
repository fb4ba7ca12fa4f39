using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Journeys;

/// <summary>A form with rows, checks across fields and two languages.</summary>
[Collection(DemoCollection.Name)]
public sealed class WorkshopTests(Demo demo)
{
    private const string Address = "/a/company.people/workshop";

    [BrowserFact]
    public async Task Rows_are_added_filled_removed_and_sent_with_a_script_and_without()
    {
        foreach (var scripts in new[] { true, false })
        {
            await using var maya = await demo.OpenAsAsync(Person.Maya, scripts ? Screen.PhoneDark : Screen.DesktopLight, scripts);
            var page = maya.Page;
            await page.GotoAsync(Address + "?topic=Spring&budget=80&day=2027-03-01");
            await page.FillAsync("[name='in.people[0].name']", "Ann");
            await page.SelectOptionAsync("[name='in.people[0].arrival']", "Train");
            await page.ClickAsync("button[value='add:people']");
            await page.FillAsync("[name='in.people[1].name']", "Nobody");
            await page.ClickAsync("button[value='add:people']");
            await page.FillAsync("[name='in.people[2].name']", "Bob");
            await page.SelectOptionAsync("[name='in.people[2].arrival']", "Plane");
            await page.ClickAsync("button[value='remove:people:1']");
            await Expect(page.Locator("[name='in.people[2].name']")).ToHaveCountAsync(0);
            // Asked for because of an answer in the same row.
            await page.FillAsync("[name='in.people[1].airport']", "Porto");
            if (scripts)
            {
                await page.Locator("[name='in.topic']").FocusAsync();
                await Expect(page.Locator("#form-body")).ToContainTextAsync("It will probably not do");
                Assert.Empty(await maya.AccessibilityProblemsAsync());
                Assert.Equal(0, await maya.SidewaysAsync());
                await maya.PictureAsync("rows");
            }
            await page.PressSendAsync();
            await page.WaitForURLAsync("**/r/*");
            await Expect(page.Locator("main")).ToContainTextAsync("Ann, Train; Bob, Plane, Porto");
            await page.GotoAsync(page.Url);
            await Expect(page.Locator(".fl-tabs-block summary").First).ToHaveTextAsync("Everybody");
            await page.ClickAsync(".fl-tabs-block summary:has-text('Once more')");
            await Expect(page.Locator(".fl-tabs-block table")).ToBeHiddenAsync();
            await page.ClickAsync(".fl-tabs-block a:has-text('Plan another one')");
            await Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(Address)));
            Assert.Empty(maya.Complaints);
        }
    }

    [BrowserFact]
    public async Task What_is_wrong_in_a_row_stands_in_that_row()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya, scripts: false);
        var page = maya.Page;
        await page.GotoAsync(Address + "?topic=Spring&budget=800&day=2027-03-01");
        await page.FillAsync("[name='in.people[0].fare']", "much");
        await page.PressSendAsync();
        await Expect(page.Locator("#form-summary")).ToContainTextAsync("Who comes");
        await Expect(page.Locator(".fl-repeat-row .fl-error")).ToHaveCountAsync(3);
        await Expect(page.Locator("[name='in.people[0].fare']")).ToHaveValueAsync("much");
    }

    [BrowserFact]
    public async Task The_same_again_brings_every_row_along()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya, scripts: false);
        var page = maya.Page;
        await page.GotoAsync(Address + "?topic=Autumn&budget=300&day=2027-09-01");
        await page.FillAsync("[name='in.people[0].name']", "Ann");
        await page.SelectOptionAsync("[name='in.people[0].arrival']", "Train");
        await page.ClickAsync("button[value='add:people']");
        await page.FillAsync("[name='in.people[1].name']", "Bob");
        await page.SelectOptionAsync("[name='in.people[1].arrival']", "On foot");
        await page.FillAsync("[name='in.people[1].fare']", "7.5");
        await page.SendRequestAsync();
        await page.ClickAsync("a:has-text('Ask for the same again')");
        foreach (var (field, value) in new[] { ("topic", "Autumn"), ("budget", "300"), ("day", "2027-09-01"), ("people[0].name", "Ann"), ("people[0].arrival", "Train"), ("people[1].name", "Bob"), ("people[1].arrival", "On foot"), ("people[1].fare", "7.5") })
            await Expect(page.Locator($"[name='in.{field}']")).ToHaveValueAsync(value);
        await page.SendRequestAsync();
    }

    [BrowserFact]
    public async Task Checks_across_fields_warn_or_keep_the_form_from_being_sent()
    {
        await demo.SaveAsync("""
            id: absence
            namespace: company.people
            labels: {app: "true"}
            inputs:
              - {id: first, type: INT, displayName: First week}
              - {id: last, type: INT, displayName: Last week}
            checks:
              - {condition: "{{ inputs.first <= inputs.last }}", message: The last week comes before the first., style: ERROR, behavior: BLOCK_EXECUTION}
              - {condition: "{{ inputs.last - inputs.first < 3 }}", message: That is a long time away., style: WARNING, behavior: CREATE_EXECUTION}
            tasks:
              - {id: note, type: core.debug.Return, format: noted}
            """);
        foreach (var scripts in new[] { true, false })
        {
            await using var maya = await demo.OpenAsAsync(Person.Maya, scripts: scripts);
            await maya.Page.GotoAsync("/a/company.people/absence");
            await maya.Page.FillAsync("[name='in.first']", "12");
            await maya.Page.FillAsync("[name='in.last']", "10");
            await maya.Page.PressSendAsync();
            await Expect(maya.Page.Locator("#form-summary")).ToBeVisibleAsync();
            await Expect(maya.Page.Locator("#form-body")).ToContainTextAsync("The last week comes before the first.");
            await maya.Page.FillAsync("[name='in.last']", "20");
            if (scripts) await Expect(maya.Page.Locator("#form-body")).ToContainTextAsync("That is a long time away.");
            await maya.Page.SendRequestAsync();
        }
    }

    [BrowserFact]
    public async Task A_reader_has_the_app_in_the_language_they_chose()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya, scripts: false);
        await maya.Page.GotoAsync("/me");
        await maya.Page.SelectOptionAsync("[name=language]", "de");
        await maya.Page.ClickAsync("form[action='/me/language'] button");
        await maya.Page.GotoAsync(Address);
        await Expect(maya.Page.Locator("h1")).ToHaveTextAsync("Workshop auswärts");
        await Expect(maya.Page.Locator("[id='in.people-field'], #form-body")).ToContainTextAsync(["Wer kommt"]);
        await Expect(maya.Page.Locator(".fl-form-foot")).ToContainTextAsync("Planen");
    }
}
