using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;

namespace FlowApps.Web.Security;

/// <summary>Signing in: a cookie with a session on the server for people, a header for programs; closed by default.</summary>
public static class SecurityServices
{
    private const string ByRequest = "ByRequest";

    public static IServiceCollection AddFlowAppsSecurity(this IServiceCollection services, string dataFolder)
    {
        services.AddHttpContextAccessor();
        services.AddMemoryCache();
        services.AddScoped<CspNonce>().AddScoped<Reader>().AddSingleton<ReaderLanguage>();
        services.AddSingleton<UserDirectory>().AddSingleton<Credentials>().AddSingleton<ApiTokens>().AddSingleton<SignInLimit>().AddSingleton<Sessions>().AddScoped<SessionEvents>();
        services.AddSingleton<AntiforgeryTokens>();
        services.AddHostedService<FirstPeople>();
        services.AddAntiforgery(options =>
        {
            options.FormFieldName = AntiforgeryTokens.Field;
            options.HeaderName = AntiforgeryTokens.Header;
            options.Cookie.Name = "flowapps.form";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddDataProtection().SetApplicationName("FlowApps").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(dataFolder, "keys")));
        services.AddAuthentication(ByRequest)
            .AddPolicyScheme(ByRequest, null, options => options.ForwardDefaultSelector = http =>
                HeaderAuthentication.Applies(http) ? HeaderAuthentication.Scheme : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>(HeaderAuthentication.Scheme, null)
            .AddCookie(options =>
            {
                options.Cookie.Name = "flowapps.session";
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.ExpireTimeSpan = Sessions.Lifetime;
                options.SlidingExpiration = true;
                options.EventsType = typeof(SessionEvents);
            });
        services.AddAuthorization(PermissionPolicies.Add);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, Problems.RefusedAccess>();
        return services;
    }
}
