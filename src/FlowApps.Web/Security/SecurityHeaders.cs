using FlowApps.Web.Layout;
using Microsoft.AspNetCore.Components.Endpoints;

namespace FlowApps.Web.Security;

/// <summary>Headers of every answer. Scripts run only from our own files; nothing may frame a page or send its forms elsewhere.</summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http, CspNonce nonce)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        http.Response.OnStarting(() =>
        {
            if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = Policy(nonce.Value, HasEditor(http));
            if (http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true && headers.CacheControl.Count == 0)
                headers.CacheControl = "no-store";
            if (http.Request.Path.StartsWithSegments("/dist") && AssetUrls.IsDigested(http.Request.Path)) headers.CacheControl = "max-age=31536000, immutable";
            return Task.CompletedTask;
        });
        return next(http);
    }

    private static bool HasEditor(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.IsDefined(typeof(InlineStylesAttribute), inherit: false) == true;

    private static string Policy(string nonce, bool editor) => string.Join("; ",
        "default-src 'self'",
        $"script-src 'self' 'nonce-{nonce}'",
        editor ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'");
}
