using Microsoft.AspNetCore.Antiforgery;

namespace FlowApps.Web.Security;

/// <summary>Every unsafe request of a page carries the token, whatever it binds. Errors: a stale or missing token is refused with 400.</summary>
public sealed class AntiforgeryFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        var isStranger = http.User.Identity?.IsAuthenticated != true && http.GetEndpoint()?.Metadata.GetMetadata<StrangersPostAttribute>() is not null;
        if (!isRead && !isStranger) await antiforgery.ValidateRequestAsync(http);
        return await next(context);
    }
}
