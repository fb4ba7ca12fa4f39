using FlowApps.Web.Api;
using FlowApps.Web.Hubs;
using FlowApps.Web.Problems;
using FlowApps.Web.Security;
using FlowApps.Web.Theme;
using Microsoft.AspNetCore.Components.Endpoints;

namespace FlowApps.Web.Layout;

/// <summary>What every page needs.</summary>
public static class WebServices
{
    public static IServiceCollection AddFlowAppsWeb(this IServiceCollection services, Installation installation)
    {
        services.AddSingleton(installation);
        services.AddFlowAppsSecurity(installation.Data);
        services.AddRazorComponents();
        // Pages hold no secret next to what a stranger can put into them (antiforgery tokens are masked anew each time), so HTTPS answers may be compressed.
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.AddCascadingAuthenticationState();
        services.AddExceptionHandler<Refusals>();
        services.AddProblemDetails();
        services.AddSingleton<AssetUrls>();
        services.AddScoped<ReaderTheme>();
        services.AddFlowAppsApi();
        services.AddFeatures();
        return services;
    }

    /// <summary>In this order: headers on everything, refusals as answers, files, then who it is and what they may.</summary>
    public static void UseFlowAppsWeb(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseResponseCompression();
        app.UseExceptionHandler();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowEverybody();
        app.MapRazorComponents<Document>().WithStaticAssets().Add(builder =>
        {
            // The framework's own helpers are not pages and name no permission.
            if (!builder.Metadata.OfType<ComponentTypeMetadata>().Any()) builder.Metadata.Add(new SignedInAttribute());
        });
        app.MapHub<NewsHub>(NewsHub.Route).RequireSignIn();
        app.MapFeatures();
        app.MapApi();
        app.MapFallback((HttpContext http) => Refusals.Answer(http, StatusCodes.Status404NotFound, [])).AllowEverybody();
    }
}
