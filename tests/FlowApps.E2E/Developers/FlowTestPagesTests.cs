using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Developers;

[Collection(DemoCollection.Name)]
public sealed class FlowTestPagesTests(Demo demo)
{
    [BrowserFact]
    public async Task Tests_are_written_with_the_stand_ins_they_need_run_read_and_found_on_the_page_of_the_flow()
    {
        await using var window = await demo.OpenAsAsync(Person.Ines);
        var page = window.Page;
        await page.GotoAsync("/flows/company.purchasing/notify/tests");
        await Expect(page.Locator(".fl-empty")).ToContainTextAsync("Nothing tests this flow yet");
        await page.ClickAsync("text=Write tests");
        await CodeEditor.WriteAsync(page, "id: notify-tests\nnamespace: company.purchasing\nflowId: notify\ntestCases: [{id: b, expectedStat: SUCCESS}]\n");
        await Expect(page.Locator("#problems [data-problem=error]").First).ToContainTextAsync("expectedStat");
        await CodeEditor.WriteAsync(page, """
            id: notify-tests
            namespace: company.purchasing
            flowId: notify
            testCases:
              - id: nothing-is-posted
                fixtures: {inputs: {message: Hello}, tasks: [{id: post, outputs: {code: 201}}]}
                assertions:
                  - {value: "{{ outputs.post.code }}", equalTo: 201}
                  - {value: "{{ inputs.message }}", equalTo: Goodbye}
            """);
        await Expect(page.Locator("#problems")).ToContainTextAsync("none");
        await page.ClickAsync("button:has-text('Save and run')");
        await page.WaitForURLAsync("**/tests/flow/notify-tests");
        var results = page.Locator("#results");
        await Expect(results).ToContainTextAsync("0 of 1 passed");
        await Expect(results).ToContainTextAsync("201 should equal 201");
        await Expect(results).ToContainTextAsync("Hello should equal Goodbye");

        await page.GotoAsync("/flows/company.purchasing/notify/tests");
        var suite = page.Locator("section[aria-label='notify-tests']");
        await Expect(suite).ToContainTextAsync("failed");
        await page.RunAndWaitForResponseAsync(() => suite.Locator("button:has-text('Run')").ClickAsync(), response => response.Request.Method == "GET" && response.Url.EndsWith("/notify/tests", StringComparison.Ordinal));
        await Expect(suite).ToContainTextAsync("0 of 1 passed");
        await suite.Locator("text=Its execution").ClickAsync();
        await Expect(page.Locator(".fl-head .is-pill")).ToHaveTextAsync("Success");
        Assert.Empty(window.Complaints);
    }
}
