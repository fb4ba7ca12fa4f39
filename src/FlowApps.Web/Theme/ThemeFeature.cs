using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Theme;

/// <summary>The switch between light and dark: a POST that leaves a cookie and returns to the page it came from.</summary>
public sealed class ThemeFeature : IFeature
{
    public void Map(IEndpointRouteBuilder pages) => pages.MapPost(Routes.Theme, (HttpContext http, IFormCollection form) =>
    {
        if (form["theme"].ToString() is ReaderTheme.Light or ReaderTheme.Dark)
        {
            http.Response.Cookies.Append(ReaderTheme.Cookie, form["theme"]!, new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(400),
                SameSite = SameSiteMode.Lax,
                HttpOnly = true,
                Secure = http.Request.IsHttps,
                IsEssential = true,
            });
        }
        return Html.See(http, LocalAddress.Or(form["from"], Routes.Home));
    }).AllowEverybody();
}
