using System.Text;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Journeys;

/// <summary>Drafts that change hands, tables that become requests, receipts on paper.</summary>
[Collection(DemoCollection.Name)]
public sealed class HandingOnTests(Demo demo)
{
    private const string Address = "/a/company.people/workshop";

    [BrowserFact]
    public async Task A_colleague_goes_on_with_a_draft_at_the_field_where_it_was_left()
    {
        await using var ines = await demo.OpenAsAsync(Person.Ines);
        await ines.Page.GotoAsync(Address);
        await ines.Page.FillAsync("[name='in.topic']", "Harbour day");
        await ines.Page.FillAsync("[name='in.budget']", "30");
        await Expect(ines.Page.Locator("#draft-note")).ToContainTextAsync("Draft saved");
        // What is typed just before goes along, saved or not.
        await ines.Page.FillAsync("[name='in.budget']", "300");
        await ines.Page.ClickAsync("summary:has-text('Hand over')");
        await ines.Page.FillAsync("#hand-over-to", "nobody");
        await ines.Page.ClickAsync("button:has-text('Hand the draft over')");
        await Expect(ines.Page.Locator("#form-summary")).ToContainTextAsync("nobody who could go on");
        // The page takes the focus once when it is ready.
        await Expect(ines.Page.Locator("#form-summary")).ToBeFocusedAsync();
        await ines.Page.ClickAsync("summary:has-text('Hand over')");
        await ines.Page.FillAsync("#hand-over-to", Person.Sam.Name);
        await ines.Page.ClickAsync("button:has-text('Hand the draft over')");
        await ines.Page.WaitForURLAsync("**/apps");

        await using var sam = await demo.OpenAsAsync(Person.Sam, Screen.PhoneLight);
        await sam.Page.GotoAsync("/apps");
        await Expect(sam.Page.Locator(".fl-continue:has-text('Workshop')")).ToContainTextAsync("Handed over by");
        await sam.Page.ClickAsync(".fl-continue:has-text('Workshop') a");
        await Expect(sam.Page.Locator("[name='in.topic']")).ToHaveValueAsync("Harbour day");
        await Expect(sam.Page.Locator("[name='in.budget']")).ToHaveValueAsync("300");
        await Expect(sam.Page.Locator("[name='in.budget']")).ToBeFocusedAsync();
        await ines.Page.GotoAsync(Address);
        await Expect(ines.Page.Locator("[name='in.topic']")).ToHaveValueAsync("");
    }

    [BrowserFact]
    public async Task A_pasted_table_becomes_requests_and_each_has_a_receipt()
    {
        await using var maya = await demo.OpenAsAsync(Person.Maya, scripts: false);
        await maya.Page.GotoAsync($"{Purchase.Address}/many");
        await maya.Page.FillAsync("[name=table]", "item\tcategory\tamount\nCable\tEquipment\t12\nNothing\tEquipment\tmuch\nMouse\tEquipment\t25\n");
        await maya.Page.ClickAsync("button[value=check]");
        await Expect(maya.Page.Locator("main")).ToContainTextAsync("Needs a look");
        await maya.PictureAsync("many");
        await maya.Page.ClickAsync("button[value=send]");
        await Expect(maya.Page.Locator("main")).ToContainTextAsync("2 requests were sent");
        await maya.Page.ClickAsync("a:has-text('See the request') >> nth=0");
        await maya.Page.WaitForURLAsync("**/r/*");
        var receipt = await maya.Page.APIRequest.GetAsync(maya.Page.Url + "/receipt.pdf");
        Assert.Equal("application/pdf", receipt.Headers["content-type"]);
        Assert.Contains("(Cable)", Encoding.Latin1.GetString(await receipt.BodyAsync()), StringComparison.Ordinal);
        // Found again by a word of an answer, whatever its case.
        await maya.Page.GotoAsync("/requests?q=CABLE");
        await Expect(maya.Page.Locator("#requests")).ToContainTextAsync("Cable");
        await Expect(maya.Page.Locator("#requests")).Not.ToContainTextAsync("Mouse");
    }
}
