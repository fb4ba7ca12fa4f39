using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Server;

/// <summary>What this server is and can do, as Kestra's clients ask for it.</summary>
public sealed class GetConfiguration : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/configs", Configuration).RequireSignIn().WithName("getConfiguration");
        api.MapGet("/usages/all", UsagesAsync).RequireSignIn().WithName("getUsages");
    }

    private static IResult Configuration(Installation installation, IConfiguration configuration, TimeProvider clock) => Answer.Json(new
    {
        uuid = configuration["FlowApps:Node"] ?? Environment.MachineName,
        version = Installation.Version,
        edition = "OSS",
        product = installation.Company,
        systemNamespace = "system",
        isTaskRunEnabled = false,
        isAnonymousUsageEnabled = false,
        isWorkerInstance = true,
        isTemplateEnabled = configuration.GetValue<bool>("FlowApps:Templates:Enabled"),
        isBasicAuthEnabled = true,
        isBasicAuthInitialized = true,
        url = configuration["FlowApps:Url"],
        preview = new { initial = 100, max = 5000 },
        time = clock.GetUtcNow(),
    });

    private static async Task<IResult> UsagesAsync(IFlowStore flows, IExecutionStore executions, CancellationToken cancellation)
    {
        var found = await flows.SearchAsync(new FlowQuery(), new PageRequest(1, 1), cancellation);
        var run = await executions.SearchAsync(new ExecutionQuery(), new PageRequest(1, 1), cancellation);
        var namespaces = await flows.NamespacesAsync(cancellation);
        return Answer.Json(new { flows = new { count = found.Total, namespacesCount = namespaces.Count }, executions = new { total = run.Total } });
    }
}
