using FlowApps.Web.Layout;
using FlowApps.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace FlowApps.Web.Tests.Security;

public sealed class EndpointTests
{
    /// <summary>Everything that is open to everybody. A new line here is a decision.</summary>
    private static readonly string[] Open =
    [
        "GET /health",
        "GET,POST /sign-in",
        // Shows the way: to the public form, or to signing in.
        "GET,POST /a/{Namespace}/{Id}",
        // Forms of apps whose author made them public, and what those who sent one hold.
        "GET,POST /p/{Namespace}/{Id}",
        "POST /p/{ns}/{id}/",
        "POST /p/{ns}/{id}/change",
        "GET,POST /receipts/{Token}",
        "GET /receipts/{token}/receipt.pdf",
        // Colours, logo and pictures of apps, and the files of a published result: the app's door decides who sees them.
        "GET /brand.css",
        "GET /brand-logo.svg",
        "GET /a/{ns}/{id}/brand.css",
        "GET /a/{ns}/{id}/picture/{**path}",
        "GET /a/{ns}/{id}/file",
        "POST /sign-in",
        // The signed link in a letter: a GET shows, a POST decides.
        "GET /m/{Token}",
        "GET /m/{Token}/file",
        "POST /m/{Token}",
        "POST /theme",
        // The key in the address is the secret.
        "POST,GET,PUT /api/v1/executions/webhook/{namespace}/{id}/{key}",
        "{*path:nonfile}",
    ];

    [Fact]
    public async Task Endpoints_open_to_everybody_are_the_short_list()
    {
        await using var app = Server.Build(Site.AsPublished);
        var open = Endpoints(app).Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null && e.Metadata.GetMetadata<StaticAssetDescriptor>() is null).Select(Name);
        Assert.Equal(Open.Order(StringComparer.Ordinal), open.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_other_endpoint_names_its_permission()
    {
        await using var app = Server.Build(Site.AsPublished);
        var nameless = Endpoints(app)
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.Metadata.GetMetadata<PermittedAttribute>() is null && e.Metadata.GetMetadata<SignedInAttribute>() is null)
            .Select(Name);
        Assert.Empty(nameless);
    }

    private static IEnumerable<RouteEndpoint> Endpoints(WebApplication app) =>
        ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    private static string Name(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods;
        return methods is null ? endpoint.RoutePattern.RawText! : $"{string.Join(",", methods)} {endpoint.RoutePattern.RawText}";
    }
}
