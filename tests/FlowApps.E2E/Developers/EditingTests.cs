using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Developers;

[Collection(DemoCollection.Name)]
public sealed class EditingTests(Demo demo)
{
    [BrowserFact]
    public async Task A_mistake_is_underlined_fixed_saved_run_watched_replayed_and_killed()
    {
        await using var window = await demo.OpenAsAsync(Person.Ines);
        var page = window.Page;
        await page.GotoAsync("/flows/new");
        await CodeEditor.WriteAsync(page, Text("first-steps", "core.log.Lg"));
        await Expect(page.Locator("#problems [data-problem=error]")).ToContainTextAsync("Invalid type: core.log.Lg");
        await Expect(page.Locator(".squiggly-error")).ToBeVisibleAsync();
        await window.PictureAsync("flow-problem");
        await page.ClickAsync("[data-fix]");
        await Expect(page.Locator("#problems")).ToContainTextAsync("none");
        await page.Keyboard.PressAsync("Control+S");
        await page.WaitForURLAsync("**/flows/e2e.editing/first-steps");
        await Expect(page.Locator("#topology .name").First).ToHaveTextAsync("hello");

        await page.ClickAsync("a[data-run]");
        await page.FillAsync("[name='in.name']", "Maya");
        await page.FillAsync("[name=labels]", "why=test");
        await page.ClickAsync("button:has-text('Run first-steps')");
        var state = page.Locator(".fl-head .is-pill");
        await Expect(state).ToHaveTextAsync("Running");
        await Expect(page.Locator("[data-live-state]").First).ToHaveTextAsync("Live");
        await Expect(state).ToHaveTextAsync("Success", new() { Timeout = 15_000 });
        await window.PictureAsync("execution");
        await page.ClickAsync("[data-lane]:has-text('hello')");
        await page.ClickAsync("#task-run a:has-text('Logs')");
        await Expect(page.Locator(".fl-logs .msg")).ToHaveTextAsync("Hello Maya");

        var first = page.Url.Split('?')[0];
        await page.ClickAsync("button:has-text('Replay')");
        await Expect(state).ToHaveTextAsync("Running");
        Assert.NotEqual(first[..first.LastIndexOf('/')], page.Url);
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await page.ClickAsync("button:has-text('Kill')");
        await Expect(state).ToHaveTextAsync("Killed");
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task Saving_over_somebody_elses_revision_is_asked_for_first()
    {
        using var program = Program();
        await PutAsync(program, HttpMethod.Post, "", Text("shared", "core.log.Log"));
        await using var window = await demo.OpenAsAsync(Person.Ines);
        var page = window.Page;
        await page.GotoAsync("/flows/e2e.editing/shared");
        await CodeEditor.WriteAsync(page, Text("shared", "core.log.Log") + "# mine\n");
        await Expect(page.Locator("[data-draft-state]").First).ToHaveTextAsync("Not saved");
        await PutAsync(program, HttpMethod.Put, "/e2e.editing/shared", Text("shared", "core.log.Log") + "# theirs\n");
        await page.Keyboard.PressAsync("Control+S");
        await Expect(page.Locator("#problems [role=alert]")).ToContainTextAsync("revision 2");
        await page.ClickAsync("text=Save mine as revision 3");
        await Expect(page.Locator("#flow-revision")).ToHaveTextAsync("Revision 3");
        await page.GotoAsync("/flows/e2e.editing/shared/revisions?from=2&to=3");
        await Expect(page.Locator(".fl-diff2 .is-out")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("# theirs"));
        await Expect(page.Locator(".fl-diff2 .is-in")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("# mine"));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task The_editor_suggests_types_keys_and_what_an_expression_can_name()
    {
        await using var window = await demo.OpenAsAsync(Person.Ines);
        var page = window.Page;
        await page.GotoAsync("/flows/new");
        var schema = page.WaitForResponseAsync(response => response.Url.EndsWith("/schemas/flow.json", StringComparison.Ordinal));
        await page.ReloadAsync();
        await schema;
        await CodeEditor.WriteAsync(page, "id: x\nnamespace: y\ninputs:\n  - id: amount\n    type: INT\ntasks:\n  - id: a\n    type: core.log.L");
        await SuggestsAsync(page, "core.log.Log");
        await CodeEditor.WriteAsync(page, "id: x\nnamespace: y\ntasks:\n  - id: a\n    type: core.log.Log\n    mess");
        await SuggestsAsync(page, "message");
        await CodeEditor.WriteAsync(page, "id: x\nnamespace: y\ninputs:\n  - id: amount\n    type: INT\ntasks:\n  - id: a\n    type: core.log.Log\n    message: \"{{ inputs.");
        await SuggestsAsync(page, "inputs.amount");
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task A_flow_is_written_checked_and_run_without_scripts()
    {
        await using var window = await demo.OpenAsAsync(Person.Ines, scripts: false);
        var page = window.Page;
        await page.GotoAsync("/flows/new");
        await page.FillAsync("textarea[name=source]", Text("plain", "core.log.Lg"));
        await page.ClickAsync("button[form=flow-form]");
        await Expect(page.Locator("#problems")).ToContainTextAsync("core.log.Lg");
        await page.FillAsync("textarea[name=source]", Text("plain", "core.log.Log"));
        await page.ClickAsync("button[form=flow-form]");
        await Expect(page.Locator("#flow-revision")).ToHaveTextAsync("Revision 1");
        await page.ClickAsync("a[data-run]");
        await page.ClickAsync("button:has-text('Run plain')");
        await Expect(page.Locator(".fl-head h1")).ToHaveTextAsync("plain");
    }

    private static async Task SuggestsAsync(IPage page, string word)
    {
        await page.Keyboard.PressAsync("Control+Space");
        await Expect(page.Locator(".suggest-widget.visible .monaco-list-row", new() { HasText = word }).First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
    }

    private HttpClient Program()
    {
        var program = new HttpClient { BaseAddress = demo.Server.Address };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Person.Ines.Name}:{Person.Ines.Password}")));
        return program;
    }

    private static async Task PutAsync(HttpClient program, HttpMethod method, string below, string text)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/main/flows" + below) { Content = new StringContent(text, new MediaTypeHeaderValue("application/x-yaml")) };
        using var answer = await program.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private static string Text(string id, string type) => $$$"""
        id: {{{id}}}
        namespace: e2e.editing
        inputs:
          - id: name
            type: STRING
            defaults: world
        tasks:
          - id: hello
            type: {{{type}}}
            message: Hello {{ inputs.name }}
          - id: nap
            type: core.flow.Sleep
            duration: PT3S

        """.ReplaceLineEndings("\n");
}
