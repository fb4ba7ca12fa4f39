using System.Net.Http.Headers;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Live;

[Collection(DemoCollection.Name)]
public sealed class NewsTests(Demo demo)
{
    private const string Flow = """
        id: heartbeat
        namespace: e2e.live
        tasks:
          - id: beat
            type: io.kestra.plugin.core.log.Log
            message: beat
        """;

    [BrowserFact]
    public async Task A_list_shows_what_happens_elsewhere_without_being_asked()
    {
        using var program = demo.Program(Person.Ines);
        using var made = await program.PostAsync("/api/v1/main/flows", new StringContent(Flow, new MediaTypeHeaderValue("application/x-yaml")));
        made.EnsureSuccessStatusCode();

        await using var window = await demo.OpenAsAsync(Person.Ines);
        await window.Page.GotoAsync("/flows?q=heartbeat");
        var row = window.Page.Locator("tr", new() { HasText = "heartbeat" });
        await Expect(row).ToContainTextAsync("never");
        await Expect(window.Page.Locator("[data-live-state]").First).ToHaveTextAsync("Live");

        // Marks this very document: had the page been loaded anew, the mark would be gone.
        await window.Page.EvaluateAsync("() => { document.body.dataset.mark = 'same'; }");
        using var started = await program.PostAsync("/api/v1/main/executions/e2e.live/heartbeat?wait=true", content: null);
        started.EnsureSuccessStatusCode();
        await Expect(row).ToContainTextAsync("Success");
        await Expect(window.Page.Locator("body")).ToHaveAttributeAsync("data-mark", "same");
        Assert.Empty(window.Complaints);
    }
}
