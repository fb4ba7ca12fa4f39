using System.Net;
using System.Text;
using FlowApps.Testing;
using Microsoft.Playwright;

namespace FlowApps.E2E.Pictures;

/// <summary>Pictures of pages beside each other, each with a line below it, as one WebP file in docs/pictures. <paramref name="width"/>: of each picture, in pixels.</summary>
internal sealed class FilmStrip(int width)
{
    private const double Quality = 0.86;
    private readonly List<(string Words, byte[] Picture)> frames = [];

    public async Task AddAsync(IPage page, string words)
    {
        // Whatever is moving or just being fetched has come to rest.
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        frames.Add((words, await page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide })));
    }

    public async Task WriteAsync(IBrowserContext context, string name)
    {
        var page = await context.NewPageAsync();
        var figures = frames.Select((frame, i) => $"<figure><img src='data:image/png;base64,{Convert.ToBase64String(frame.Picture)}'><figcaption><b>{i + 1}</b>{WebUtility.HtmlEncode(frame.Words)}</figcaption></figure>");
        await page.SetViewportSizeAsync((width + 28) * frames.Count + 28, 1200);
        await page.SetContentAsync($$"""
            <style>
              body { margin: 0; background: #fff; font: 500 {{Math.Max(17, width / 26)}}px/1.4 Inter, system-ui, sans-serif; color: #1d2a2e; }
              div { display: inline-flex; gap: 28px; padding: 28px; align-items: start; }
              figure { margin: 0; width: {{width}}px; }
              img { display: block; width: 100%; border-radius: 14px; box-shadow: 0 0 0 1px #d5dddf, 0 18px 40px -22px rgb(10 30 38 / .5); }
              figcaption { display: flex; gap: .6em; margin-top: 1em; }
              b { color: #0b6074; }
            </style><div>{{string.Concat(figures)}}</div>
            """);
        var strip = await page.Locator("div").ScreenshotAsync();
        var webp = await page.EvaluateAsync<string>("""
            async ([png, quality]) => {
              const picture = await createImageBitmap(await (await fetch(png)).blob());
              const canvas = new OffscreenCanvas(picture.width, picture.height);
              canvas.getContext('2d').drawImage(picture, 0, 0);
              const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality })).arrayBuffer());
              return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
            }
            """, new object[] { $"data:image/png;base64,{Convert.ToBase64String(strip)}", Quality });
        var bytes = Convert.FromBase64String(webp);
        Assert.Equal("WEBP", Encoding.ASCII.GetString(bytes, 8, 4));
        Assert.InRange(bytes.Length, 1, 300_000);
        await File.WriteAllBytesAsync(Repository.Path("docs", "pictures", name + ".webp"), bytes);
    }
}
