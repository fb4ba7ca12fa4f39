namespace FlowApps.Web.Theme;

/// <summary>Light or dark, as the reader chose (a cookie), so that the page comes in the right colours; without a choice the system decides.</summary>
public sealed class ReaderTheme(IHttpContextAccessor http)
{
    public const string Cookie = "flowapps.theme";
    public const string Light = "light";
    public const string Dark = "dark";

    /// <summary>The value of <c>data-bs-theme</c>; null leaves it to the system.</summary>
    public string? Attribute => http.HttpContext?.Request.Cookies[Cookie] switch
    {
        Light => Light,
        Dark => Dark,
        _ => null,
    };

    /// <summary>What the switch turns to. Without a choice yet: dark, since most systems are light.</summary>
    public string Other => Attribute == Dark ? Light : Dark;
}
