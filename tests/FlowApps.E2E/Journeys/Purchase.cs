using Microsoft.Playwright;

namespace FlowApps.E2E.Journeys;

/// <summary>The demo's purchase request as people go through it in their windows.</summary>
internal static class Purchase
{
    public const string Address = "/a/company.purchasing/purchase-request";
    public const string Reason = "Three of us share one screen. Proofs for the spring catalogue start in December.";
    private const string Send = ".fl-form-foot button[value=send]";

    /// <summary>Fills the form; above 500 euros the reason is asked for and given.</summary>
    public static async Task FillPurchaseAsync(this IPage page, string item, string amount, string? reason = Reason)
    {
        await page.GotoAsync(Address);
        await page.FillAsync("[name='in.item']", item);
        await page.SelectOptionAsync("[name='in.category']", "Equipment");
        await page.FillAsync("[name='in.amount']", amount);
        if (reason is not null) await page.FillAsync("[name='in.justification']", reason);
    }

    /// <summary>Attaches a quote of this content and waits until it is up.</summary>
    public static async Task AttachQuoteAsync(this IPage page, string content = "Monitor,3,1767.00\nDelivery,1,80.00\n")
    {
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "quote.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(content) });
        await page.Locator("[data-upload-done]").WaitForAsync();
    }

    public static Task PressSendAsync(this IPage page) => page.ClickAsync(Send);

    /// <summary>Sends the form; gives the id of the request that came of it.</summary>
    public static async Task<string> SendRequestAsync(this IPage page)
    {
        await page.PressSendAsync();
        await page.WaitForURLAsync("**/r/*", new() { WaitUntil = WaitUntilState.Commit });
        return page.Url.Split("/r/")[1];
    }

    /// <summary>A request that waits for a decision.</summary>
    public static async Task<string> AskAsync(this IPage page, string item, string amount = "1,847.00")
    {
        await page.FillPurchaseAsync(item, amount);
        var id = await page.SendRequestAsync();
        await page.Locator(".fl-waiting[data-state=WAITING]").WaitForAsync();
        return id;
    }

    /// <summary>Opens the case of a request from the inbox.</summary>
    public static async Task OpenCaseAsync(this IPage page, string request)
    {
        await page.GotoAsync("/approvals");
        await page.ClickAsync($".fl-item[href*='{request}']");
        await page.Locator($".fl-case form.fl-case[action*='{request}']").WaitForAsync();
    }
}
