using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Developers;

[Collection(DemoCollection.Name)]
public sealed class DeveloperPagesTests(Demo demo)
{
    private const string Flow = """
        id: many-shapes
        namespace: e2e.pages
        tasks:
          - id: loop
            type: core.flow.ForEach
            values: ["lyon", "porto"]
            tasks:
              - id: say
                type: core.log.Log
                message: "{{ taskrun.value }}"
          - id: both
            type: core.flow.Parallel
            tasks:
              - id: good
                type: core.debug.Return
                format: fine
              - id: bad
                type: core.execution.Fail
                errorMessage: it broke
                allowFailure: true
          - id: gate
            type: core.flow.Pause
        """;

    [BrowserFact]
    public async Task Every_page_is_accessible_fits_its_screen_and_complains_of_nothing()
    {
        var (execution, run) = await PausedAsync();
        string[] paths =
        [
            "/home", "/flows", "/flows/e2e.pages/many-shapes", "/flows/e2e.pages/many-shapes/run", "/flows/e2e.pages/many-shapes/executions", "/flows/company.data/sales-report/triggers", "/flows/e2e.pages/many-shapes/logs", "/flows/e2e.pages/many-shapes/metrics",
            "/flows/e2e.pages/many-shapes/revisions", "/executions", $"/executions/{execution}?run={run}", $"/executions/{execution}/logs", $"/executions/{execution}/data", $"/executions/{execution}/events?at=9", $"/executions/{execution}/resume",
            "/flows/e2e.pages/many-shapes/tests", "/flows/company.purchasing/purchase-request/tests", "/flows/company.purchasing/purchase-request/tests/flow/purchase-request-tests", "/flows/company.purchasing/purchase-request/tests/form",
            "/triggers", "/logs", "/namespaces", "/namespaces/company.data", "/apps-admin", "/apps-admin/new",
        ];
        foreach (var screen in new[] { Screen.DesktopLight, Screen.PhoneDark })
        {
            await using var window = await demo.OpenAsAsync(Person.Ines, screen);
            foreach (var path in paths)
            {
                var answer = await window.Page.GotoAsync(path);
                Assert.True(answer!.Ok, $"{path} answers {answer.Status}");
                Assert.True((await answer.BodyAsync()).Length < 100_000, path);
                await window.PictureAsync("developers" + path.Split('?')[0].Replace(execution, "one", StringComparison.Ordinal).Replace('/', '-'));
                // The code editor's own insides are its makers' to mend.
                Assert.Empty((await window.AccessibilityProblemsAsync()).Where(problem => !problem.Contains("monaco", StringComparison.Ordinal)).Select(problem => $"{path}: {problem}"));
                Assert.True(await window.SidewaysAsync() == 0, $"{path} scrolls sideways on {screen.Name}");
            }
            Assert.Empty(window.Complaints);
        }
    }

    [BrowserFact]
    public async Task A_paused_execution_is_answered_and_its_past_can_be_walked_through()
    {
        var (execution, _) = await PausedAsync();
        await using var window = await demo.OpenAsAsync(Person.Ines);
        var page = window.Page;
        await page.GotoAsync($"/executions/{execution}");
        await page.ClickAsync("a:has-text('Answer')");
        await page.ClickAsync("button:has-text('Resume')");
        await Expect(page.Locator(".fl-head .is-pill")).ToHaveTextAsync("Warning");
        await page.GotoAsync($"/executions/{execution}/events");
        var before = await page.Locator(".fl-lane").CountAsync();
        await page.ClickAsync("[aria-label='First event']");
        await Expect(page.Locator(".fl-past")).ToContainTextAsync("after event 1 of");
        Assert.True(await page.Locator(".fl-lane").CountAsync() < before);
        await page.ClickAsync("text=Back to the end");
        await Expect(page.Locator(".fl-lane")).ToHaveCountAsync(before);
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task An_expression_is_tried_out_on_an_execution()
    {
        var (execution, _) = await PausedAsync();
        await using var window = await demo.OpenAsAsync(Person.Ines);
        var page = window.Page;
        await page.GotoAsync($"/executions/{execution}/data");
        await page.FillAsync("#expression", "{{ outputs.good.value | upper }}");
        await page.ClickAsync("button:has-text('Evaluate')");
        await Expect(page.Locator("#evaluated")).ToHaveTextAsync("FINE");
        await page.FillAsync("#expression", "{{ nope( }}");
        await page.ClickAsync("button:has-text('Evaluate')");
        await Expect(page.Locator("#evaluated")).ToContainTextAsync("Unclosed");
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task Values_files_and_secrets_of_a_namespace_are_kept_and_a_secret_is_never_shown()
    {
        await using var window = await demo.OpenAsAsync(Person.Ines);
        var page = window.Page;
        await page.GotoAsync("/namespaces/e2e.kept?new=true");
        await page.FillAsync("[name=path]", "scripts/load.py");
        await page.FillAsync("[name=content]", "print(1)\n");
        await page.ClickAsync("button:has-text('Save')");
        await Expect(page.Locator("[name=content]")).ToHaveValueAsync("print(1)\n");
        await page.FillAsync("form[action$='/value'] [name=key]", "rate");
        await page.FillAsync("form[action$='/value'] [name=value]", "not a number");
        await page.SelectOptionAsync("[name=type]", "NUMBER");
        await page.ClickAsync("form[action$='/value'] button");
        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("is not a number");
        await page.FillAsync("form[action$='/value'] [name=key]", "rate");
        await page.FillAsync("form[action$='/value'] [name=value]", "4.2");
        await page.SelectOptionAsync("[name=type]", "NUMBER");
        await page.ClickAsync("form[action$='/value'] button");
        await Expect(page.Locator("tr", new() { HasText = "rate" })).ToContainTextAsync("4.2");
        await page.FillAsync("form[action$='/secret'] [name=key]", "POS_DSN");
        await page.FillAsync("form[action$='/secret'] [name=value]", "hush-hush-4711");
        await page.ClickAsync("form[action$='/secret'] button");
        await Expect(page.Locator("tr", new() { HasText = "POS_DSN" })).ToBeVisibleAsync();
        Assert.DoesNotContain("hush-hush", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task Files_are_shown_as_what_they_are()
    {
        await using var window = await demo.OpenAsAsync(Person.Ines);
        var page = window.Page;
        await page.GotoAsync("/namespaces/e2e.shown?new=true");
        await page.FillAsync("[name=path]", "sales.csv");
        await page.FillAsync("[name=content]", "region,amount\nNorth,12\n\"South, far\",7\n");
        await page.ClickAsync("button:has-text('Save')");
        await Expect(page.Locator(".fl-glimpse-table tbody tr")).ToHaveCountAsync(2);
        await Expect(page.Locator(".fl-glimpse-table td").Nth(2)).ToHaveTextAsync("South, far");
        await page.ClickAsync(".fl-seg a:has-text('Text')");
        await Expect(page.Locator("[name=content]")).ToHaveValueAsync("region,amount\nNorth,12\n\"South, far\",7\n");
        await page.FillAsync("form[action$='/value'] [name=key]", "soon-gone");
        await page.FillAsync("form[action$='/value'] [name=value]", "x");
        await page.FillAsync("form[action$='/value'] [name=ttl]", "an hour");
        await page.ClickAsync("form[action$='/value'] button");
        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("is no duration");
        await Expect(page.Locator("form[action$='/value'] [name=key]")).ToHaveValueAsync("soon-gone");
        await page.FillAsync("form[action$='/value'] [name=ttl]", "PT1H");
        await page.ClickAsync("form[action$='/value'] button");
        await Expect(page.Locator("tr", new() { HasText = "soon-gone" })).ToContainTextAsync("min");
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task Selected_triggers_are_switched_together()
    {
        using var program = new HttpClient { BaseAddress = demo.Server.Address };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Person.Ines.Name}:{Person.Ines.Password}")));
        foreach (var id in new[] { "first", "second", "third" })
        {
            var source = $"id: {id}\nnamespace: e2e.bulk\ntasks:\n  - {{id: t, type: core.log.Log, message: x}}\ntriggers:\n  - {{id: yearly, type: core.trigger.Schedule, cron: \"0 0 29 2 *\"}}\n";
            using var made = await program.PostAsync("/api/v1/main/flows", new StringContent(source, new MediaTypeHeaderValue("application/x-yaml")));
            made.EnsureSuccessStatusCode();
        }
        await using var window = await demo.OpenAsAsync(Person.Ines);
        var page = window.Page;
        var rows = page.Locator(".fl-triggers tbody tr", new() { HasText = "e2e.bulk" });
        await page.GotoAsync("/triggers?ns=e2e.bulk");
        // The rows are written just after the flows were saved.
        for (var tries = 0; await rows.CountAsync() < 3 && tries < 120; tries++) await page.ReloadAsync();
        foreach (var id in new[] { "first", "second" }) await page.CheckAsync($"[name=id][value='e2e.bulk/{id}/yearly']");
        await page.ClickAsync("#trigger-bulk button:has-text('Turn off')");
        await Expect(rows.Filter(new() { HasText = "first" })).ToContainTextAsync("Off");
        await Expect(rows.Filter(new() { HasText = "second" })).ToContainTextAsync("Off");
        await Expect(rows.Filter(new() { HasText = "third" })).ToContainTextAsync("Turn off");
        foreach (var id in new[] { "first", "second" }) await page.CheckAsync($"[name=id][value='e2e.bulk/{id}/yearly']");
        await page.ClickAsync("#trigger-bulk button:has-text('Turn on')");
        foreach (var id in new[] { "first", "second", "third" }) await Expect(rows.Filter(new() { HasText = id })).ToContainTextAsync("Turn off");
        Assert.Empty(window.Complaints);
    }

    private async Task<(string Execution, string Run)> PausedAsync()
    {
        using var program = new HttpClient { BaseAddress = demo.Server.Address };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Person.Ines.Name}:{Person.Ines.Password}")));
        using var exists = await program.GetAsync("/api/v1/main/flows/e2e.pages/many-shapes");
        if (!exists.IsSuccessStatusCode)
        {
            using var made = await program.PostAsync("/api/v1/main/flows", new StringContent(Flow, new MediaTypeHeaderValue("application/x-yaml")));
            made.EnsureSuccessStatusCode();
        }
        using var started = await program.PostAsync("/api/v1/main/executions/e2e.pages/many-shapes", content: null);
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        await using var window = await demo.OpenAsAsync(Person.Ines);
        await window.Page.GotoAsync($"/executions/{id}");
        await Expect(window.Page.Locator(".fl-head .is-pill")).ToHaveTextAsync("Paused");
        var bad = await window.Page.Locator("[data-lane]", new() { HasText = "bad" }).GetAttributeAsync("href");
        return (id, bad!.Split('=')[^1]);
    }
}
