using Microsoft.Playwright;

namespace FlowApps.E2E.Developers;

/// <summary>The code editor of a page, as its writer uses it.</summary>
internal static class CodeEditor
{
    /// <summary>Puts a text in place of all that stands there.</summary>
    public static async Task WriteAsync(IPage page, string text)
    {
        await page.Locator("[data-ready]").WaitForAsync();
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.EvaluateAsync("text => navigator.clipboard.writeText(text)", text);
        await page.ClickAsync(".monaco-editor .view-lines");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.PressAsync("Control+V");
    }
}
