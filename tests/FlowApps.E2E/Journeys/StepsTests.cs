using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Journeys;

/// <summary>A form in steps, from the first to the last look.</summary>
[Collection(DemoCollection.Name)]
public sealed class StepsTests(Demo demo)
{
    private const string Address = "/a/company.people/new-colleague";

    private const string Flow = """
        id: new-colleague
        namespace: company.people
        labels: {app: "true"}
        inputs:
          - id: person
            type: FORM
            displayName: Who is coming
            inputs:
              - {id: name, type: STRING, displayName: Name}
              - {id: hours, type: INT, displayName: Hours a week, defaults: 40, min: 4, max: 40}
          - id: work
            type: FORM
            displayName: Workplace
            inputs:
              - {id: place, type: SELECT, isRadio: true, displayName: Where, values: [Lyon, Remote]}
              - id: desk
                type: STRING
                displayName: Desk
                dependsOn: {inputs: [place], condition: "{{ inputs.work.place == 'Lyon' }}"}
        tasks:
          - id: accounts
            type: core.debug.Return
            description: Make the accounts
            format: "{{ inputs.person.name }} works {{ inputs.person.hours }} hours in {{ inputs.work.place }}"
        outputs:
          - {id: summary, type: STRING, displayName: In short, value: "{{ outputs.accounts.value }}"}
        """;

    [BrowserFact]
    public async Task Steps_are_gone_through_checked_looked_over_and_sent()
    {
        await demo.SaveAsync(Flow);
        await using var maya = await demo.OpenAsAsync(Person.Maya);
        var page = maya.Page;
        await page.GotoAsync(Address);
        await Expect(page.Locator("h2.fl-step-title:visible")).ToHaveTextAsync("Who is coming");
        await Expect(page.Locator("[name='in.work.desk']")).ToHaveCountAsync(0);

        // A step is not left while something in it is wrong, and only its own answers are complained about.
        await page.ClickAsync("button[value=continue]");
        await Expect(page.Locator("#form-summary a")).ToHaveTextAsync("Name");
        await page.FillAsync("[name='in.person.name']", "Noor Haddad");
        await page.PressAsync("[name='in.person.name']", "Enter");
        await Expect(page.Locator("h2.fl-step-title:visible")).ToHaveTextAsync("Workplace");

        await page.CheckAsync("[name='in.work.place'][value=Lyon]");
        await page.FillAsync("[name='in.work.desk']", "2.14");
        await page.ClickAsync("button[value=back]");
        await Expect(page.Locator("h2.fl-step-title:visible")).ToHaveTextAsync("Who is coming");
        await Expect(page.Locator("[name='in.person.name']")).ToHaveValueAsync("Noor Haddad");
        await page.ClickAsync("button[value=continue]");
        await Expect(page.Locator("h2.fl-step-title:visible")).ToHaveTextAsync("Workplace");
        await Expect(page.Locator("[name='in.work.desk']")).ToHaveValueAsync("2.14");
        await page.ClickAsync("button[value=continue]");

        await Expect(page.Locator("h2.fl-step-title:visible")).ToHaveTextAsync("Is everything right?");
        await Expect(page.Locator(".fl-answers").First).ToContainTextAsync("Noor Haddad");
        await page.ClickAsync("button[value='step:person']");
        await page.FillAsync("[name='in.person.hours']", "32");
        await page.ClickAsync("button[value=continue]");
        await Expect(page.Locator("h2.fl-step-title:visible")).ToHaveTextAsync("Workplace");
        await page.ClickAsync("button[value=continue]");
        await Expect(page.Locator("h2.fl-step-title:visible")).ToHaveTextAsync("Is everything right?");
        await page.ClickAsync(".fl-form-foot button[value=send]");
        await page.WaitForURLAsync("**/r/*");
        await Expect(page.Locator("#request")).ToContainTextAsync("Noor Haddad works 32 hours in Lyon");
        await Expect(page.Locator("#request")).ToContainTextAsync("2.14");
        Assert.Empty(maya.Complaints);
    }

    [BrowserFact]
    public async Task A_draft_opens_at_the_step_where_it_was_left()
    {
        await demo.SaveAsync(Flow);
        await using var tomas = await demo.OpenAsAsync(Person.Tomas, scripts: false);
        await tomas.Page.GotoAsync(Address);
        await tomas.Page.FillAsync("[name='in.person.name']", "Aiko Tan");
        await tomas.Page.ClickAsync("button[value=continue]");
        await tomas.Page.ClickAsync("button[value=later]");

        foreach (var screen in Screen.All)
        {
            await using var again = await demo.OpenAsAsync(Person.Tomas, screen);
            await again.Page.GotoAsync(Address);
            await Expect(again.Page.Locator("h2.fl-step-title:visible")).ToHaveTextAsync("Workplace");
            await Expect(again.Page).ToHaveTitleAsync(new Regex("^Step 2 of 2"));
            await again.PictureAsync("steps");
            Assert.Empty(await again.AccessibilityProblemsAsync());
            Assert.Equal(0, await again.SidewaysAsync());
        }
    }
}
