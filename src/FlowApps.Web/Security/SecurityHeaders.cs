using FlowApps.Web.Layout;
using Microsoft.AspNetCore.Components.Endpoints;

namespace FlowApps.Web.Security;

/// <summary>Headers of every answer. Scripts run only from our own files; nothing may frame a page or send its forms elsewhere.</summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Lets the pages of these origins show this answer in a frame.</summary>
    public static void LetFrame(HttpContext http, IReadOnlyList<string> origins) => http.Items[typeof(SecurityHeaders)] = origins;

    public Task InvokeAsync(HttpContext http, CspNonce nonce)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        http.Response.OnStarting(() =>
        {
            if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = Policy(nonce.Value, HasEditor(http), http.Items[typeof(SecurityHeaders)] as IReadOnlyList<string> ?? []);
            if (http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true && headers.CacheControl.Count == 0)
                headers.CacheControl = "no-store";
            if (http.Request.Path.StartsWithSegments("/dist") && AssetUrls.IsDigested(http.Request.Path)) headers.CacheControl = "max-age=31536000, immutable";
            return Task.CompletedTask;
        });
        return next(http);
    }

    private static bool HasEditor(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.IsDefined(typeof(InlineStylesAttribute), inherit: false) == true;

    private static string Policy(string nonce, bool editor, IReadOnlyList<string> framedBy) => string.Join("; ",
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
        framedBy.Count == 0 ? "frame-ancestors 'none'" : $"frame-ancestors {string.Join(' ', framedBy)}");
}
