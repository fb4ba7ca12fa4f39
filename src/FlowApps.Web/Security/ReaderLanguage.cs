using Microsoft.Net.Http.Headers;

namespace FlowApps.Web.Security;

/// <summary>The languages a reader wants, best first: the one they chose (a cookie), else those their browser asks for.</summary>
public sealed class ReaderLanguage(IHttpContextAccessor http)
{
    public const string Cookie = "flowapps.language";

    /// <summary>The reader's own choice; null leaves it to the browser.</summary>
    public string? Chosen => http.HttpContext?.Request.Cookies[Cookie] is { Length: > 1 and < 8 } chosen ? chosen : null;

    public IReadOnlyList<string> Wanted => Chosen is { } chosen ? [chosen] : FromBrowser();

    private List<string> FromBrowser() => StringWithQualityHeaderValue.TryParseList([.. http.HttpContext?.Request.Headers.AcceptLanguage.OfType<string>() ?? []], out var languages)
        ? [.. languages.OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.Value!)]
        : [];
}
