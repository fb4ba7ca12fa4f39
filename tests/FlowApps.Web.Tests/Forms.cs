using System.Net;
using System.Text.RegularExpressions;

namespace FlowApps.Web.Tests;

/// <summary>Fills and sends the forms of a page as a browser does: with their hidden fields.</summary>
internal static partial class Forms
{
    public static async Task<HttpResponseMessage> SendFormAsync(this HttpClient browser, string page, string action, params (string Name, string Value)[] fields) =>
        await browser.SendShownFormAsync(await browser.GetStringAsync(page), action, fields);

    /// <summary>Sends the form of a page that was got before, however long ago.</summary>
    public static async Task<HttpResponseMessage> SendShownFormAsync(this HttpClient browser, string html, string action, params (string Name, string Value)[] fields)
    {
        var form = Form().Matches(html).First(match => WebUtility.HtmlDecode(match.Value).Contains($"action=\"{action}\"", StringComparison.Ordinal)).Value;
        var values = Hidden().Matches(form).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        foreach (var (name, value) in fields) values[name] = value;
        return await browser.PostAsync(action, new FormUrlEncodedContent(values));
    }

    public static Task<HttpResponseMessage> SignInAsync(this HttpClient browser, string user, string password, string page = "/sign-in") =>
        browser.SendFormAsync(page, "/sign-in", ("user", user), ("pass", password));

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?""")]
    private static partial Regex Hidden();
}
