using System.Net.Http.Headers;
using System.Text;
using FlowApps.Testing.Servers;
using Microsoft.Playwright;

namespace FlowApps.E2E;

/// <summary>One demo server and one browser for all tests of the collection; each test opens a window (context) of its own.</summary>
public sealed class Demo : IAsyncLifetime
{
    public const string Chromium = "/usr/bin/chromium";

    internal static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>Milliseconds.</summary>
    private const int Patience = 60_000;

    private IPlaywright? playwright;
    private IBrowser? browser;
    private ServerProcess? server;

    public ServerProcess Server => server ?? throw new InvalidOperationException("The server starts with the first test of the collection.");

    public async Task InitializeAsync()
    {
        if (!File.Exists(Chromium)) return;
        // What a page shows by itself it may show late on a machine that does other things as well.
        Assertions.SetDefaultExpectTimeout(Patience);
        var starting = ServerProcess.StartAsync("--demo", "--FlowApps:Approvals:Undo=PT1S");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Flags });
        server = await starting;
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (server is not null) await server.DisposeAsync();
    }

    /// <summary>A window of its own, with nobody signed in.</summary>
    public async Task<Window> OpenAsync(Screen? screen = null, bool scripts = true)
    {
        screen ??= Screen.DesktopLight;
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = Server.Address.ToString(),
            ViewportSize = new() { Width = screen.Width, Height = screen.Height },
            DeviceScaleFactor = screen.IsPhone ? 2 : 1,
            IsMobile = screen.IsPhone,
            HasTouch = screen.IsPhone,
            ColorScheme = screen.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = scripts,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "Europe/Lisbon",
        });
        await context.AddCookiesAsync([new() { Name = "flowapps.theme", Value = screen.IsDark ? "dark" : "light", Url = Server.Address.ToString() }]);
        // A machine that others use too may take its time.
        context.SetDefaultTimeout(Patience);
        context.SetDefaultNavigationTimeout(Patience);
        return new Window(context, await context.NewPageAsync(), screen);
    }

    /// <summary>The REST API as a person's program calls it.</summary>
    public HttpClient Program(Person person) => new()
    {
        BaseAddress = Server.Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{person.Name}:{person.Password}"))) },
    };

    /// <summary>A window of one of the demo's people.</summary>
    public async Task<Window> OpenAsAsync(Person person, Screen? screen = null, bool scripts = true)
    {
        var window = await OpenAsync(screen, scripts);
        await window.SignInAsync(person);
        return window;
    }
}

/// <summary>Tests that share the demo server.</summary>
[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<Demo>
{
    public const string Name = "demo";
}
