using FlowApps.Domain.Files;
using FlowApps.Domain.Http;
using FlowApps.Domain.Mail;
using FlowApps.Plugins.Files;
using FlowApps.Plugins.Http;
using FlowApps.Plugins.Mail;
using FlowApps.Plugins.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FlowApps.Plugins;

public static class PluginsServices
{
    /// <summary>What tasks need of this room: HTTP, files into and out of working directories. Settings come from <c>FlowApps:Outbound</c> and <c>FlowApps:LocalFolders</c>.</summary>
    public static IServiceCollection AddFlowAppsPlugins(this IServiceCollection services)
    {
        services.AddSingleton<IDirectoryTransfer, DirectoryTransfer>();
        services.AddSingleton(provider => OutboundPolicy.From(provider.GetService<IConfiguration>()));
        services.AddSingleton(provider => LocalFolders.From(provider.GetService<IConfiguration>()));
        services.AddSingleton<IHttp>(provider => new OutboundHttp(provider.GetRequiredService<OutboundPolicy>()));
        services.AddSingleton<IMailer, SmtpMailer>();
        services.AddHostedService<OrphanSweep>();
        return services;
    }
}
