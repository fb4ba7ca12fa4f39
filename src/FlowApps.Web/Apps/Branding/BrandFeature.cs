using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Apps.Branding;

/// <summary>The looks of the company and of an app, as files that pages link, and changing the company's.</summary>
public sealed class BrandFeature : IFeature
{
    public void AddServices(IServiceCollection services) => services.AddSingleton<BrandDesk>();

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/brand.css", async (BrandDesk brands, HttpContext http, CancellationToken cancellation) => Styles((await brands.FindAsync(cancellation)).Color, http)).AllowEverybody();
        pages.MapGet("/brand-logo.svg", LogoAsync).AllowEverybody();
        pages.MapGet("/a/{ns}/{id}/brand.css", async (string ns, string id, AppDoor door, HttpContext http, CancellationToken cancellation) =>
            Styles((await door.OpenAsync(ns, id, cancellation)).Branding.Color, http)).AllowEverybody();
        pages.MapPost(Routes.Branding, SaveAsync).RequirePermission(Permission.WriteApps);
    }

    private static IResult Styles(string? color, HttpContext http)
    {
        http.Response.Headers.CacheControl = "private, max-age=60";
        return Results.Text(BrandStyles.Of(color), "text/css");
    }

    private static async Task<IResult> LogoAsync(BrandDesk brands, HttpContext http, CancellationToken cancellation)
    {
        var logo = (await brands.FindAsync(cancellation)).Logo ?? throw RefusedException.NotFound("There is no logo.");
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        http.Response.Headers.CacheControl = "private, max-age=60";
        return Results.Text(logo, "image/svg+xml");
    }

    private static async Task<IResult> SaveAsync(IFormCollection form, HttpContext http, BrandDesk brands, CancellationToken cancellation)
    {
        var old = await brands.FindAsync(cancellation);
        var logo = form["drop-logo"].Count > 0 ? null : old.Logo;
        if (form.Files["logo"] is { Length: > 0 and < 1_000_000 } file)
        {
            using var text = new StreamReader(file.OpenReadStream());
            logo = await text.ReadToEndAsync(cancellation);
        }
        var brand = new CompanyBrand(Text(form["title"]), Text(form["color"]), logo);
        try
        {
            await brands.SaveAsync(brand, cancellation);
            return Html.See(http, Routes.Branding);
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.Invalid)
        {
            return Html.Page<BrandPage>(new { Brand = brand with { Logo = old.Logo }, Error = refused.Message }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
