using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FlowApps.Web.Api;

/// <summary>The OpenAPI document of the REST API, at <c>/openapi/v1.json</c>.</summary>
public static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        options.AddOperationTransformer<OperationTexts>();
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "FlowApps",
                Version = "v1",
                Description = "Paths also exist with the tenant: /api/v1/main/…. Refusals are problem documents (RFC 9457). Unsafe requests may carry an Idempotency-Key.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["basic"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic" },
                ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            };
            document.Security = [.. document.Components.SecuritySchemes.Keys.Select(name => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(name, document)] = [] })];
            return Task.CompletedTask;
        });
    }
}
