namespace FlowApps.Web.Api;

/// <summary>
/// The only tenant is <c>main</c>: <c>/api/v1/main/…</c> is the same as <c>/api/v1/…</c>, so every operation is mapped once. Runs before routing.
/// </summary>
public sealed class TenantPath(ILogger<TenantPath> logger) : IStartupFilter
{
    private static readonly PathString WithTenant = "/api/v1/main";
    private static readonly PathString Root = "/api/v1";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, following) =>
        {
            if (HasNul(http.Request))
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }
            if (http.Request.Path.StartsWithSegments(WithTenant, out var rest)) http.Request.Path = Root + rest;
            if (http.Request.Headers.TryGetValue("X-Conformance-Case", out var name))
                logger.LogDebug("Case {Case}: {Method} {Path}", name.ToString(), http.Request.Method, http.Request.Path.Value);
            return following(http);
        });
        next(app);
    };

    /// <summary>A NUL in an address means nothing anywhere, and the database refuses it late.</summary>
    private static bool HasNul(HttpRequest request) =>
        request.Path.Value?.Contains('\0', StringComparison.Ordinal) == true || request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true;
}
