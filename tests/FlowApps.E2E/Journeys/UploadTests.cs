using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowApps.E2E.Journeys;

/// <summary>A large file on a line that breaks.</summary>
[Collection(DemoCollection.Name)]
public sealed class UploadTests(Demo demo)
{
    private const string Address = "/a/company.people/film";
    private const int Part = 1024 * 1024;
    private const int Size = 5 * Part + 7;

    private const string Flow = """
        id: film
        namespace: company.people
        labels: {app: "true"}
        inputs:
          - {id: title, type: STRING, displayName: Title}
          - {id: film, type: FILE, displayName: Film}
        tasks:
          - {id: weigh, type: core.debug.Return, format: "{{ fileSize(inputs.film) }}"}
        outputs:
          - {id: size, type: STRING, displayName: Bytes, value: "{{ outputs.weigh.value }}"}
        """;

    [BrowserFact]
    public async Task An_upload_goes_on_by_itself_when_the_page_is_opened_again()
    {
        await demo.SaveAsync(Flow);
        using var film = new Film();
        await using var jonas = await demo.OpenAsAsync(Person.Jonas);
        await BreakOffAsync(jonas, film);
        // The row of the upload is not touched by what one goes on typing.
        await jonas.Page.FillAsync("[name='in.title']", "Harbour, from above");
        await Expect(jonas.Page.Locator(".fl-upload")).ToContainTextAsync("goes on by itself");
        await Expect(jonas.Page.Locator("#draft-note")).ToContainTextAsync("Draft saved");

        var offsets = await MendAsync(jonas.Page.Context);
        await jonas.Page.ReloadAsync();
        await jonas.Page.Locator("[data-upload-done]").WaitForAsync(new() { Timeout = 60_000 });
        Assert.Equal(2 * Part, offsets[0]);
        await Expect(jonas.Page.Locator("[name='in.title']")).ToHaveValueAsync("Harbour, from above");
        await SendAsync(jonas.Page);
        Assert.DoesNotContain(jonas.Complaints, complaint => !complaint.Contains("ERR_", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task An_upload_goes_on_elsewhere_with_the_same_file_chosen_once_more()
    {
        await demo.SaveAsync(Flow);
        using var film = new Film();
        await using (var desk = await demo.OpenAsAsync(Person.Priya))
        {
            await desk.Page.GotoAsync(Address);
            await BreakOffAsync(desk, film);
            await Expect(desk.Page.Locator("#draft-note")).ToContainTextAsync("Draft saved");
        }
        await using var phone = await demo.OpenAsAsync(Person.Priya, Screen.PhoneLight);
        await phone.Page.GotoAsync(Address);
        await Expect(phone.Page.Locator(".fl-upload")).ToContainTextAsync("Choose the file once more");
        Assert.Empty(await phone.AccessibilityProblemsAsync());
        await phone.PictureAsync("upload-part");
        var offsets = await MendAsync(phone.Page.Context);
        await phone.Page.SetInputFilesAsync("input[type=file]", film.Path);
        await phone.Page.Locator("[data-upload-done]").WaitForAsync(new() { Timeout = 60_000 });
        Assert.Equal(2 * Part, offsets[0]);
        await phone.Page.FillAsync("[name='in.title']", "Harbour, from below");
        await SendAsync(phone.Page);
    }

    [BrowserFact]
    public async Task A_cancelled_upload_leaves_nothing_behind()
    {
        await demo.SaveAsync(Flow);
        using var film = new Film();
        await using var tomas = await demo.OpenAsAsync(Person.Tomas);
        await BreakOffAsync(tomas, film);
        await MendAsync(tomas.Page.Context);
        var id = await tomas.Page.Locator("[data-upload-id]").InputValueAsync();
        var gone = tomas.Page.WaitForResponseAsync(response => response.Request.Method == "DELETE");
        await tomas.Page.ClickAsync(".fl-upload button");
        Assert.Equal(204, (await gone).Status);
        await Expect(tomas.Page.Locator(".fl-upload")).ToHaveCountAsync(0);
        await Expect(tomas.Page.Locator(".fl-drop")).ToBeVisibleAsync();
        Assert.Equal(404, (await tomas.Page.APIRequest.GetAsync($"/uploads/{id}")).Status);
    }

    /// <summary>Two parts arrive, then the line is dead.</summary>
    private static async Task BreakOffAsync(Window window, Film film)
    {
        await window.Page.GotoAsync(Address);
        var parts = 0;
        await window.Page.Context.RouteAsync(new Regex("/uploads/.+"), route => route.Request.Method == "DELETE" || Interlocked.Increment(ref parts) <= 2 ? route.ContinueAsync() : route.AbortAsync("connectionreset"));
        await window.Page.SetInputFilesAsync("input[type=file]", film.Path);
        await Expect(window.Page.Locator(".fl-upload")).ToContainTextAsync("2.1 MB of 5.2 MB are there", new() { Timeout = 60_000 });
    }

    /// <summary>The line works again; gives where the parts begin that are sent from now on.</summary>
    private static async Task<IReadOnlyList<int>> MendAsync(IBrowserContext context)
    {
        var offsets = new List<int>();
        context.Request += (_, request) =>
        {
            if (request.Method == "POST" && request.Url.Split("?offset=") is [_, var offset]) offsets.Add(int.Parse(offset, System.Globalization.CultureInfo.InvariantCulture));
        };
        await context.UnrouteAllAsync();
        return offsets;
    }

    private static async Task SendAsync(IPage page)
    {
        await page.SendRequestAsync();
        await Expect(page.Locator("#request")).ToContainTextAsync(Size.ToString(System.Globalization.CultureInfo.InvariantCulture), new() { Timeout = 60_000 });
    }

    /// <summary>The same file for every device: content, name and the time of its last change.</summary>
    private sealed class Film : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flowapps-film-");

        public Film() => File.WriteAllBytes(Path, new byte[Size]);

        public string Path => System.IO.Path.Combine(folder.FullName, "harbour.mov");

        public void Dispose() => folder.Delete(recursive: true);
    }
}
