using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Approvals;

/// <summary>The ways of deciding that people meet seldom: several at once, taken back, in somebody's place, after a question back, with the password once more.</summary>
[Collection(DemoCollection.Name)]
public sealed class DecidingTests(Demo demo)
{
    [BrowserFact]
    public async Task Several_are_decided_at_once_and_the_odd_one_is_set_aside()
    {
        using var ines = demo.Program(Person.Ines);
        await ines.SaveQuestionAsync("e2e.several", "require: 1 of finance");
        foreach (var (number, amount) in new[] { 100, 120, 90, 110, 9000 }.Index()) await ines.AskAsync("e2e.several", $"Invoice {number + 1} of several", amount);
        await using var tomas = await demo.OpenAsAsync(Person.Tomas);
        await tomas.Page.GotoAsync("/approvals?q=of+several&several=true");
        await Expect(tomas.Page.Locator(".fl-pick")).ToHaveCountAsync(5);
        await tomas.Page.ClickAsync("button:has-text('Look at the chosen ones')");
        await Expect(tomas.Page.Locator("input[name=id]:checked")).ToHaveCountAsync(4);
        await Expect(tomas.Page.Locator("li", new() { HasText = "Invoice 5 of several" })).ToContainTextAsync("How much: 9,000 is far from the usual 110.");
        await tomas.Page.ClickAsync("button[value=approve]");
        await Expect(tomas.Page.Locator("[role=alert]")).ToContainTextAsync("4 of 4 are decided");
        await Expect(tomas.Page.Locator("input[name=shown]")).ToHaveCountAsync(1);
        await Expect(tomas.Page.Locator("form.fl-sheet")).ToContainTextAsync("Invoice 5 of several");
        await tomas.Page.GotoAsync("/approvals?q=of+several");
        await Expect(tomas.Page.Locator(".fl-item")).ToHaveCountAsync(1);
        Assert.Empty(tomas.Complaints);
    }

    [BrowserFact]
    public async Task A_decision_is_taken_back_and_another_one_made()
    {
        using var ines = demo.Program(Person.Ines);
        await ines.SaveQuestionAsync("e2e.undo", "users: [tomas]");
        var question = await ines.AskAsync("e2e.undo", "Pay the crane");
        // Long enough for any machine; pages give ten seconds.
        using (var program = demo.Program(Person.Tomas))
        using (var decided = await program.PostAsJsonAsync($"/api/v1/main/approvals/{question.Execution}/{question.TaskRun}/decide?undo=PT10M", new { outcome = "approve" }))
            Assert.True(decided.IsSuccessStatusCode, await decided.Content.ReadAsStringAsync());
        await using var tomas = await demo.OpenAsAsync(Person.Tomas);
        await tomas.Page.OpenAsync(question);
        await Expect(tomas.Page.Locator("section.fl-case .fl-note")).ToContainTextAsync("Approved by you");
        await tomas.Page.Keyboard.PressAsync("u");
        await Expect(tomas.Page.Locator("button[value=approve]")).ToBeVisibleAsync();
        await tomas.Page.FillAsync("#comment", "Not this crane.");
        await tomas.Page.ClickAsync("button[value=reject]");
        await Expect(tomas.Page.Locator("section.fl-case .fl-note").First).ToContainTextAsync("Declined by you");
        await StateBecomesAsync(ines, question.Execution, "CANCELLED");
    }

    [BrowserFact]
    public async Task A_colleague_decides_while_somebody_is_away_up_to_the_limit_that_was_given()
    {
        using var ines = demo.Program(Person.Ines);
        await ines.SaveQuestionAsync("e2e.away", "users: [tomas]\namount: \"{{ inputs.amount }}\"");
        var small = await ines.AskAsync("e2e.away", "Small while away", 400);
        await ines.AskAsync("e2e.away", "Large while away", 600);
        await using var tomas = await demo.OpenAsAsync(Person.Tomas);
        await tomas.Page.GotoAsync("/approvals/delegations");
        await tomas.Page.SelectOptionAsync("#to", "jonas");
        await tomas.Page.SelectOptionAsync("#of", "e2e.away/question");
        await tomas.Page.FillAsync("#limit", "500");
        await tomas.Page.FillAsync("#reason", "At the coast");
        await tomas.Page.ClickAsync("button:has-text('Give my place')");
        await Expect(tomas.Page.Locator("main")).ToContainTextAsync("Jonas Weber decides for you on Question, up to 500 (At the coast)");

        await using var jonas = await demo.OpenAsAsync(Person.Jonas);
        await jonas.Page.GotoAsync("/approvals?q=while+away");
        await Expect(jonas.Page.Locator(".fl-item")).ToHaveCountAsync(1);
        await jonas.Page.ClickAsync(".fl-item");
        await Expect(jonas.Page.Locator(".fl-decide")).ToContainTextAsync("You decide for Tomás Okafor");
        await jonas.Page.ClickAsync("button[value=approve]");
        await Expect(jonas.Page.Locator("section.fl-case .fl-note").First).ToContainTextAsync("Approved by you");
        await StateBecomesAsync(ines, small.Execution, "SUCCESS");
        await tomas.Page.OpenAsync(small);
        await Expect(tomas.Page.Locator(".fl-votes")).ToContainTextAsync("Jonas Weber for Tomás Okafor: approved");
        await tomas.Page.GotoAsync("/approvals/delegations");
        await tomas.Page.Locator("li", new() { HasText = "At the coast" }).Locator("button:has-text('Take it back')").ClickAsync();
        // In a window of its own: the page of the decision comes again by itself once it counts.
        await using var later = await demo.OpenAsAsync(Person.Jonas);
        await later.Page.GotoAsync("/approvals?q=while+away");
        await Expect(later.Page.Locator(".fl-queue h2")).ToContainTextAsync("Nothing is found");
    }

    [BrowserFact]
    public async Task An_approver_asks_back_and_the_requester_answers_and_what_was_typed_stays()
    {
        using var ines = demo.Program(Person.Ines);
        await ines.SaveQuestionAsync("e2e.thread", "users: [tomas, priya]");
        var question = await ines.AskAsync("e2e.thread", "A question back");
        await using var tomas = await demo.OpenAsAsync(Person.Tomas);
        await tomas.Page.OpenAsync(question);
        await tomas.Page.FillAsync("#comment", "Half a comment");
        await tomas.Page.ClickAsync("#thread summary");
        await tomas.Page.FillAsync("#thread textarea", "Is delivery in it?");
        await tomas.Page.ClickAsync("#thread button:has-text('Send')");
        await Expect(tomas.Page.Locator(".fl-remarks li")).ToContainTextAsync("Is delivery in it?");
        await Expect(tomas.Page.Locator("#thread textarea")).ToHaveValueAsync("");

        await using var asker = await demo.OpenAsAsync(Person.Ines);
        await asker.Page.GotoAsync("/notifications?all=true");
        await Expect(asker.Page.Locator("#notifications")).ToContainTextAsync("Tomás Okafor wrote to you about it.");
        await Expect(asker.Page.Locator("#notifications")).ToContainTextAsync("Is delivery in it?");
        await asker.Page.GotoAsync($"/r/{question.Execution}");
        await asker.Page.FillAsync("#thread textarea", "Yes, by ship.");
        await asker.Page.ClickAsync("#thread button:has-text('Send')");
        await Expect(asker.Page.Locator(".fl-remarks li")).ToHaveCountAsync(2);

        // It arrives by itself, and nothing that was typed is lost.
        await Expect(tomas.Page.Locator(".fl-remarks li")).ToHaveCountAsync(2);
        await Expect(tomas.Page.Locator(".fl-remarks")).ToContainTextAsync("Yes, by ship.");
        await Expect(tomas.Page.Locator("#comment")).ToHaveValueAsync("Half a comment");
        await tomas.Page.ClickAsync("button[value=approve]");
        await StateBecomesAsync(ines, question.Execution, "SUCCESS");
        await using var priya = await demo.OpenAsAsync(Person.Priya);
        await priya.Page.GotoAsync("/notifications?all=true");
        await Expect(priya.Page.Locator("#notifications")).ToContainTextAsync("Yes, by ship.");
        Assert.Empty(tomas.Complaints);
        Assert.Empty(asker.Complaints);
    }

    [BrowserFact]
    public async Task Where_the_password_is_asked_for_once_more_a_screen_left_open_decides_nothing()
    {
        using var ines = demo.Program(Person.Ines);
        await ines.SaveQuestionAsync("e2e.password", "users: [tomas]\nconfirm: PASSWORD");
        var question = await ines.AskAsync("e2e.password", "Sign the lease");
        await using var tomas = await demo.OpenAsAsync(Person.Tomas, scripts: false);
        await tomas.Page.OpenAsync(question);
        foreach (var (password, said) in new[] { ("", "Give your password once more"), ("not-mine", "That is not your password") })
        {
            await tomas.Page.FillAsync("#password", password);
            await tomas.Page.FillAsync("#comment", "Signed.");
            await tomas.Page.ClickAsync("button[value=approve]");
            await Expect(tomas.Page.Locator("#password-error")).ToContainTextAsync(said);
            await Expect(tomas.Page.Locator("#comment")).ToHaveValueAsync("Signed.");
        }
        using (var program = demo.Program(Person.Tomas))
        using (var refused = await program.PostAsJsonAsync($"/api/v1/main/approvals/{question.Execution}/{question.TaskRun}/decide", new { outcome = "approve" }))
            Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
        await tomas.Page.FillAsync("#password", Person.Tomas.Password);
        await tomas.Page.ClickAsync("button[value=approve]");
        await Expect(tomas.Page.Locator("section.fl-case .fl-note").First).ToContainTextAsync("Approved by you");
        await StateBecomesAsync(ines, question.Execution, "SUCCESS");
    }

    [BrowserFact]
    public async Task A_filter_is_kept_under_a_name_and_what_presses_comes_first()
    {
        using var ines = demo.Program(Person.Ines);
        await ines.SaveQuestionAsync("e2e.usual", "users: [tomas]");
        await ines.SaveQuestionAsync("e2e.urgent", "users: [tomas]\nurgency: HIGH");
        await ines.AskAsync("e2e.usual", "Kept apart, usual");
        await ines.AskAsync("e2e.urgent", "Kept apart, urgent");
        await using var tomas = await demo.OpenAsAsync(Person.Tomas);
        await tomas.Page.GotoAsync("/approvals");
        await tomas.Page.FillAsync("#inbox-q", "kept apart");
        await tomas.Page.ClickAsync(".fl-queue-head button:has-text('Find')");
        await Expect(tomas.Page.Locator(".fl-item")).ToHaveCountAsync(2);
        await Expect(tomas.Page.Locator(".fl-item").First).ToContainTextAsync("Urgent");
        await tomas.Page.ClickAsync("#keep-view summary");
        await tomas.Page.FillAsync("#view-name", "Apart");
        await tomas.Page.ClickAsync("#keep-view button");
        await tomas.Page.GotoAsync("/approvals");
        await tomas.Page.ClickAsync(".fl-view:has-text('Apart')");
        await Expect(tomas.Page.Locator("#inbox-q")).ToHaveValueAsync("kept apart");
        await Expect(tomas.Page.Locator(".fl-item")).ToHaveCountAsync(2);
        await tomas.Page.ClickAsync("button:has-text('Forget')");
        await Expect(tomas.Page.Locator(".fl-view")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_decision_is_made_with_the_keyboard_alone()
    {
        using var ines = demo.Program(Person.Ines);
        await ines.SaveQuestionAsync("e2e.keys", "users: [tomas]\noutcomes:\n  - id: approve\n    inputs: [{id: cost_centre, type: SELECT, displayName: Cost centre, values: [north, south]}]\n  - reject");
        var question = await ines.AskAsync("e2e.keys", "With the keyboard alone");
        await using var tomas = await demo.OpenAsAsync(Person.Tomas);
        await tomas.Page.GotoAsync("/approvals?q=keyboard+alone");
        await Expect(tomas.Page.Locator("[data-inbox] .fl-item")).ToBeVisibleAsync();
        await tomas.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await tomas.Page.Keyboard.PressAsync("j");
        await tomas.Page.WaitForURLAsync($"**/{question.TaskRun}*");
        await TabToAsync(tomas.Page, "[name$='cost_centre']");
        await tomas.Page.Keyboard.TypeAsync("south");
        await TabToAsync(tomas.Page, "#comment");
        await tomas.Page.Keyboard.TypeAsync("By hand, without a mouse");
        await TabToAsync(tomas.Page, "button[value=approve]");
        await tomas.Page.Keyboard.PressAsync("Enter");
        await Expect(tomas.Page.Locator("section.fl-case .fl-note").First).ToContainTextAsync("Approved by you");
        await StateBecomesAsync(ines, question.Execution, "SUCCESS");
        var outputs = (await ines.GetFromJsonAsync<JsonElement>($"/api/v1/main/executions/{question.Execution}")).GetProperty("taskRunList").EnumerateArray().First(run => run.GetProperty("taskId").GetString() == "ask").GetProperty("outputs");
        Assert.Equal("south", outputs.GetProperty("fields").GetProperty("cost_centre").GetString());
        Assert.Equal("By hand, without a mouse", outputs.GetProperty("comment").GetString());
    }

    /// <summary>Presses Tab until what is wanted has the focus, as somebody without a mouse does.</summary>
    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var presses = 0; presses < 200; presses++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector)) return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"{selector} cannot be reached with the Tab key.");
    }

    private static async Task StateBecomesAsync(HttpClient program, string execution, string state)
    {
        var current = "";
        for (var tries = 0; tries < 600; tries++)
        {
            current = (await program.GetFromJsonAsync<JsonElement>($"/api/v1/main/executions/{execution}")).GetProperty("state").GetProperty("current").GetString();
            if (current == state) return;
            await Task.Delay(100);
        }
        Assert.Equal(state, current);
    }
}
