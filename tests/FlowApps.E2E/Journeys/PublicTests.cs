using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Journeys;

/// <summary>An app that its author made public: no account, a receipt in its place.</summary>
[Collection(DemoCollection.Name)]
public sealed class PublicTests(Demo demo)
{
    private const string Flow = """
        id: tell-us
        namespace: company.people
        inputs:
          - {id: what, type: STRING, displayName: What happened?}
          - {id: where, type: SELECT, displayName: Where, values: [Harbour, Office]}
          - id: berth
            type: STRING
            displayName: Berth
            dependsOn: {inputs: [where], condition: "{{ inputs.where == 'Harbour' }}"}
          - {id: photo, type: FILE, displayName: Photo, required: false}
        tasks:
          - {id: note, type: core.debug.Return, description: Note it, format: "Noted: {{ inputs.what }}"}
        outputs:
          - {id: noted, type: STRING, displayName: Noted, value: "{{ outputs.note.value }}"}
        """;

    private const string App = """
        id: tell-us
        type: apps.Execution
        displayName: Tell us
        namespace: company.people
        flowId: tell-us
        access:
          type: PUBLIC
        layout:
          - on: OPEN
            blocks:
              - {type: apps.execution.blocks.CreateExecutionForm}
              - {type: apps.execution.blocks.CreateExecutionButton, text: Tell us}
        """;

    [BrowserFact]
    public async Task A_stranger_fills_a_public_form_and_gets_a_receipt()
    {
        await demo.SaveAsync(Flow, App);
        foreach (var scripts in new[] { true, false })
        {
            await using var stranger = await demo.OpenAsync(scripts ? Screen.PhoneLight : Screen.DesktopDark, scripts);
            await stranger.Page.GotoAsync("/a/company.people/tell-us?what=A+lamp+is+out");
            await Expect(stranger.Page).ToHaveURLAsync(new Regex("/p/company.people/tell-us"));
            await Expect(stranger.Page.Locator("[name='in.what']")).ToHaveValueAsync("A lamp is out");
            await stranger.Page.SelectOptionAsync("[name='in.where']", "Harbour");
            if (scripts)
            {
                await stranger.Page.FillAsync("[name='in.berth']", "12");
                Assert.Empty(await stranger.AccessibilityProblemsAsync());
                Assert.Equal(0, await stranger.SidewaysAsync());
                await stranger.PictureAsync("public-form");
            }
            await stranger.Page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "lamp.txt", MimeType = "text/plain", Buffer = "out"u8.ToArray() });
            await stranger.Page.PressSendAsync();
            if (!scripts)
            {
                // The berth is asked for only now; everything else is still there, the photo too.
                await Expect(stranger.Page.Locator("[data-upload-done]")).ToContainTextAsync("lamp.txt");
                await stranger.Page.FillAsync("[name='in.berth']", "12");
                await stranger.Page.PressSendAsync();
            }
            await stranger.Page.WaitForURLAsync("**/receipts/*");
            for (var looks = 0; looks < 50 && await stranger.Page.Locator("h1:has-text('Done.')").CountAsync() == 0; looks++) await stranger.Page.ReloadAsync();
            await Expect(stranger.Page.Locator("main")).ToContainTextAsync("Noted: A lamp is out");
            await Expect(stranger.Page.Locator("main")).ToContainTextAsync("lamp.txt");
            await Expect(stranger.Page.Locator("main a:has-text('lamp.txt')")).ToHaveCountAsync(0);
            if (scripts)
            {
                Assert.Empty(await stranger.AccessibilityProblemsAsync());
                await stranger.PictureAsync("public-receipt");
            }
            Assert.Empty(stranger.Complaints);
        }
    }

    [BrowserFact]
    public async Task A_stranger_is_led_to_sign_in_by_any_other_app_whether_there_is_one_or_not()
    {
        await using var stranger = await demo.OpenAsync();
        foreach (var address in new[] { Purchase.Address, "/a/company.purchasing/there-is-none" })
        {
            await stranger.Page.GotoAsync(address);
            await Expect(stranger.Page).ToHaveURLAsync(new Regex("/sign-in\\?returnUrl="));
        }
        Assert.Equal(404, (await stranger.Page.APIRequest.GetAsync("/p/company.purchasing/purchase-request")).Status);
        Assert.Equal(404, (await stranger.Page.APIRequest.GetAsync("/receipts/there-is-none")).Status);
    }

    [BrowserFact]
    public async Task A_program_that_fills_what_people_do_not_see_sends_nothing()
    {
        await demo.SaveAsync(Flow, App);
        await using var program = await demo.OpenAsync(scripts: false);
        await program.Page.GotoAsync("/p/company.people/tell-us");
        await program.Page.FillAsync("[name='in.what']", "Buy now");
        await program.Page.SelectOptionAsync("[name='in.where']", "Office");
        var fields = program.Page.APIRequest.CreateFormData();
        foreach (var field in await program.Page.Locator("#app-form input[type=hidden]").AllAsync()) fields.Set((await field.GetAttributeAsync("name"))!, await field.InputValueAsync());
        fields.Set("in.what", "Buy now");
        fields.Set("in.where", "Office");
        fields.Set("website", "https://elsewhere.example");
        fields.Set("then", "send");
        var answer = await program.Page.APIRequest.PostAsync("/p/company.people/tell-us", new() { Multipart = fields, MaxRedirects = 0 });
        Assert.Equal(422, answer.Status);
        Assert.Contains("Leave the field", await answer.TextAsync(), StringComparison.Ordinal);
    }
}
