using FlowApps.Web.Api.Executions;
using FlowApps.Web.Security;
using FlowApps.Yaml.Schema;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlowApps.Web.Api;

/// <summary>The REST API: Kestra's paths and shapes (kestra-semantics 14), so that its published clients work unchanged.</summary>
public static class ApiEndpoints
{
    /// <summary>No request body is larger than this; smaller limits stand at the endpoints.</summary>
    public const long LargestBody = 1L << 30;

    public static IServiceCollection AddFlowAppsApi(this IServiceCollection services)
    {
        services.AddSingleton<IStartupFilter, TenantPath>();
        services.AddScoped<ApiCall>();
        services.AddSingleton<AsAccepted>();
        services.TryAddSingleton<PluginDocs>();
        services.TryAddSingleton<SchemaWriter>();
        services.AddOpenApi("v1", ApiDescription.Configure);
        return services;
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var root = app.MapGroup("/api/v1").DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(LargestBody)).AddEndpointFilter<OwnPagesOnly>().AddEndpointFilter<Idempotency>();
        foreach (var folder in Operations().GroupBy(type => type.Namespace!.Split('.')[^1]))
        {
            var group = root.MapGroup("").WithTags(folder.Key);
            foreach (var operation in folder) ((IApi)Activator.CreateInstance(operation)!).Map(group);
        }
        app.MapOpenApi("/openapi/{documentName}.json").RequireSignIn();
    }

    private static IEnumerable<Type> Operations() => typeof(ApiEndpoints).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IApi)))
        .OrderBy(type => type.FullName, StringComparer.Ordinal);
}
