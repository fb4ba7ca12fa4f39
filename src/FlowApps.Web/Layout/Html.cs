using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlowApps.Web.Layout;

/// <summary>Answers with HTML: a whole page at any address, or a fragment for htmx to morph into the page.</summary>
public static class Html
{
    /// <summary>A page with its shell. <paramref name="parameters"/>: the page's parameters by name, null ones left out.</summary>
    public static RazorComponentResult Page<TPage>(object? parameters = null, int status = StatusCodes.Status200OK) where TPage : IComponent =>
        new(typeof(Document), new Dictionary<string, object?> { [nameof(Document.Page)] = typeof(TPage), [nameof(Document.Parameters)] = Named(parameters) })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    /// <summary>A component without a shell.</summary>
    public static RazorComponentResult Fragment<TComponent>(object? parameters = null, int status = StatusCodes.Status200OK) where TComponent : IComponent =>
        new(typeof(FragmentHost), new Dictionary<string, object?> { [nameof(FragmentHost.Fragment)] = typeof(TComponent), [nameof(FragmentHost.Parameters)] = Named(parameters) })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    /// <summary>After a POST: the browser gets the page at <paramref name="address"/>; an htmx request navigates there too.</summary>
    public static IResult See(HttpContext http, string address)
    {
        if (!http.Request.Headers.ContainsKey("HX-Request")) return new SeeOther(address);
        http.Response.Headers["HX-Redirect"] = address;
        return Results.NoContent();
    }

    private static Dictionary<string, object> Named(object? parameters) =>
        new RouteValueDictionary(parameters).Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value!);

    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
