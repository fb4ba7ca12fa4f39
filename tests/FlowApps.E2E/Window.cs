using System.Text.Json;
using FlowApps.Testing;
using Microsoft.Playwright;

namespace FlowApps.E2E;

/// <summary>A browser window: a page, and what it complained about on its console.</summary>
public sealed class Window : IAsyncDisposable
{
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Repository.Path("node_modules", "axe-core", "axe.min.js")));
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    internal Window(IBrowserContext context, IPage page, Screen screen)
    {
        this.context = context;
        Page = page;
        Screen = screen;
        page.Console += (_, message) =>
        {
            // A refused form answers 422, an unknown page 404; the browser writes both to the console.
            // A request that leaving the page breaks off is no error either.
            if (message.Text.StartsWith("htmx:afterRequest", StringComparison.Ordinal) || message.Text.StartsWith("htmx:sendAbort", StringComparison.Ordinal)) return;
            if (message.Type is "error" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal)) complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    public Screen Screen { get; }

    /// <summary>Errors of scripts and violations of the content security policy so far.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public async Task SignInAsync(Person person)
    {
        await Page.GotoAsync("/sign-in");
        await Page.FillAsync("[name=user]", person.Name);
        await Page.FillAsync("[name=pass]", person.Password);
        await Page.ClickAsync("form[action='/sign-in'] button[type=submit]");
        await Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>What axe finds wrong (WCAG 2.2 A and AA, best practice): one line per rule and element; empty is clean.</summary>
    public async Task<IReadOnlyList<string>> AccessibilityProblemsAsync()
    {
        await Page.EvaluateAsync(Axe.Value);
        var found = await Page.EvaluateAsync<JsonElement>("""
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
              .violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help} in ${n.html.slice(0, 160)}`))
            """);
        return found.EnumerateArray().Select(line => line.GetString()!).ToList();
    }

    /// <summary>Pixels that can be scrolled sideways; 0 on every page that fits its screen.</summary>
    public Task<int> SidewaysAsync() => Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>A picture below artifacts/screens, named after the screen.</summary>
    public Task PictureAsync(string name) =>
        Page.ScreenshotAsync(new() { Path = Repository.Path("artifacts", "screens", $"{name}-{Screen.Name}.png") });

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
