using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.SignIn;

[Collection(DemoCollection.Name)]
public sealed class SignInTests(Demo demo)
{
    [BrowserFact]
    public async Task The_page_is_clean_on_every_screen()
    {
        foreach (var screen in Screen.All)
        {
            await using var window = await demo.OpenAsync(screen);
            await window.Page.GotoAsync("/sign-in");
            await window.PictureAsync("sign-in");
            Assert.Empty(await window.AccessibilityProblemsAsync());
            Assert.Equal(0, await window.SidewaysAsync());
            Assert.Empty(window.Complaints);
        }
    }

    [BrowserFact]
    public async Task Picking_a_person_fills_the_form_and_signs_them_in()
    {
        await using var window = await demo.OpenAsync();
        await window.Page.GotoAsync("/sign-in");
        await window.Page.ClickAsync("button:has-text('Ines Moreau')");
        await Expect(window.Page.Locator("[name=user]")).ToHaveValueAsync("ines");
        await window.Page.ClickAsync("form[action='/sign-in'] button[type=submit]");
        await window.Page.GotoAsync("/me");
        await Expect(window.Page.Locator("h1")).ToHaveTextAsync("Ines Moreau");
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task Signing_in_and_choosing_colours_work_without_scripts()
    {
        await using var window = await demo.OpenAsAsync(Person.Maya, scripts: false);
        await window.Page.GotoAsync("/me");
        await Expect(window.Page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "light");
        await window.Page.ClickAsync("[aria-label='Switch light and dark']");
        await Expect(window.Page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "dark");
        await Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/me$"));
    }
}
