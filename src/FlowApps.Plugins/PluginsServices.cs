using FlowApps.Domain.Files;
using FlowApps.Plugins.Files;
using Microsoft.Extensions.DependencyInjection;

namespace FlowApps.Plugins;

public static class PluginsServices
{
    /// <summary>What tasks need of this room: HTTP, files into and out of working directories. Settings come from <c>FlowApps:Outbound</c> and <c>FlowApps:Scripts</c>.</summary>
    public static IServiceCollection AddFlowAppsPlugins(this IServiceCollection services)
    {
        services.AddSingleton<IDirectoryTransfer, DirectoryTransfer>();
        return services;
    }
}
