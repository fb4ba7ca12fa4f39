using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using FlowApps.Testing.Servers;
using Microsoft.Playwright;

namespace FlowApps.E2E.Journeys;

/// <summary>
/// The browser, the server or both are killed while somebody types. A few rounds that wait until what was typed is kept; with FLOWAPPS_KILL_ROUNDS=50 as many against the clock: nothing that was
/// typed more than a second before is lost.
/// </summary>
public sealed class KilledWhileTypingTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const string Address = "/a/company.operations/story";
    private const string Field = "[name='in.story']";

    private const string Flow = """
        id: story
        namespace: company.operations
        labels: {app: "true"}
        inputs:
          - {id: story, type: STRING, displayName: What happened}
        tasks:
          - {id: note, type: core.debug.Return, format: "{{ inputs.story }}"}
        """;

    /// <summary>What the browser keeps itself of the field, as it stands in its database.</summary>
    private const string KeptText = """
        () => new Promise(done => {
          const open = indexedDB.open('flowapps');
          open.onsuccess = () => {
            const all = open.result.transaction('typed').objectStore('typed').getAll();
            all.onsuccess = () => { open.result.close(); done(all.result[0]?.value.entries['in.story'][0] ?? null); };
          };
        })
        """;

    private static readonly string? Wanted = Environment.GetEnvironmentVariable("FLOWAPPS_KILL_ROUNDS");

    [BrowserFact]
    public async Task Nothing_typed_is_lost_when_browser_or_server_are_killed()
    {
        var rounds = Wanted is null ? 5 : int.Parse(Wanted, CultureInfo.InvariantCulture);
        await using var server = await ServerProcess.StartAsync("--demo");
        await using var relay = new Relay { Target = server.Address };
        await Developer.SaveAsync(server.Address, Flow);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = new KillableBrowser(playwright);
        var page = await OpenAsync(browser, relay);
        var random = new Random(7);
        var lost = 0;
        for (var round = 0; round < rounds; round++)
        {
            var before = await page.InputValueAsync(Field);
            var (killsBrowser, killsServer) = (round % 3 != 1, round % 3 != 0);
            var typing = Stopwatch.StartNew();
            var typed = new List<TimeSpan>();
            await page.FocusAsync(Field);
            await page.PressAsync(Field, "Control+End");
            var killedAt = killsServer ? random.Next(5, 20) : int.MaxValue;
            var wanted = string.Concat(Enumerable.Range(0, random.Next(20, 60)).Select(i => (char)('a' + (round + i) % 26)));
            var text = "";
            foreach (var (character, i) in wanted.Select((character, i) => (character, i)))
            {
                if (i == killedAt)
                {
                    relay.Target = null;
                    await server.KillAsync();
                }
                await page.Keyboard.TypeAsync(character.ToString());
                // A browser takes no keys before a page is painted; what is in the field is typed, and stays.
                var held = await page.InputValueAsync(Field);
                if (held == before + text) continue;
                Assert.Equal(before + text + character, held);
                text += character;
                typed.Add(typing.Elapsed);
                await Task.Delay(random.Next(10, 60));
            }
            var safe = text.Length;
            if (Wanted is null) await UntilKeptAsync(page, before + text);
            else safe = typed.Count(at => typing.Elapsed - at > TimeSpan.FromSeconds(1));
            if (killsBrowser) browser.Kill();
            if (killsServer)
            {
                await server.RunAgainAsync("--demo");
                relay.Target = server.Address;
            }
            page = await OpenAsync(browser, relay);
            await Assertions.Expect(page.Locator(Field)).ToHaveValueAsync(new Regex($"^{before}{text[..safe]}"), new() { Timeout = 60_000 });
            var after = await page.InputValueAsync(Field);
            Assert.StartsWith(after, before + text, StringComparison.Ordinal);
            lost = Math.Max(lost, before.Length + text.Length - after.Length);
            output.WriteLine($"Round {round}: {(killsBrowser ? "browser " : "")}{(killsServer ? "server " : "")}killed, {text.Length} typed, {before.Length + text.Length - after.Length} of the last second lost.");
        }
        output.WriteLine($"{rounds} rounds, at most {lost} characters of the last second lost.");
    }

    /// <summary>By the browser, or by the server so that the browser need not.</summary>
    private static async Task UntilKeptAsync(IPage page, string text)
    {
        var limit = Stopwatch.StartNew();
        while (await page.EvaluateAsync<string?>(KeptText) is { } kept && kept != text)
            Assert.True(limit.Elapsed < TimeSpan.FromSeconds(60), $"The browser keeps “{kept}” of “{text}”, the field holds “{await page.InputValueAsync(Field)}”.");
    }

    private static async Task<IPage> OpenAsync(KillableBrowser browser, Relay relay)
    {
        var page = await browser.PageAsync();
        await page.GotoAsync(relay.Address + Address[1..]);
        if (page.Url.Contains("/sign-in", StringComparison.Ordinal))
        {
            await page.FillAsync("[name=user]", Person.Maya.Name);
            await page.FillAsync("[name=pass]", Person.Maya.Password);
            await page.ClickAsync("form[action='/sign-in'] button[type=submit]");
            await page.WaitForURLAsync($"**{Address}");
        }
        await page.Locator(Field).WaitForAsync();
        // What the browser kept comes a moment after the page, before anything that is typed then.
        await page.Locator("html[data-restored]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
        return page;
    }
}
