using FlowApps.Domain.Plugins;
using FlowApps.Engine.Executions;
using FlowApps.Plugins;
using FlowApps.Runtime.Hosting;
using FlowApps.Storage;

namespace FlowApps.Web.Layout;

/// <summary>Puts the rooms together. Built but not started it serves nothing and touches no database, which lets a test look at its endpoints.</summary>
public static class Server
{
    // Settings are read once at start; watching their files would put a watch on every folder of the content root, node_modules included.
    private const string WithoutWatching = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>Runs until it is stopped. The database starts while the pages are still being put together.</summary>
    public static async Task RunAsync(string[] args)
    {
        await using var app = Compose(args, null);
        var storage = app.Services.GetRequiredService<StorageStartup>();
        _ = Task.Run(() => storage.StartAsync(CancellationToken.None));
        app.UseFlowAppsWeb();
        await app.RunAsync();
    }

    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        var app = Compose(args, change);
        app.UseFlowAppsWeb();
        return app;
    }

    private static WebApplication Compose(string[] args, Action<WebApplicationBuilder>? change)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Server).Assembly.GetName().Name,
            Args = [WithoutWatching, .. Arguments.Expand(args)],
            ContentRootPath = ContentRoot.Find(),
            WebRootPath = ContentRoot.PublishedFiles(),
        });
        // A build run in place finds its assets through the manifest beside it, in every environment; a published one has them in its web root.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        PublicAddress.Settle(builder.Configuration);
        var installation = Installation.Read(builder.Configuration);
        builder.Services.AddSingleton(TimeProvider.System);
        // Hosted services start in this order and stop in the other: the database comes first and goes last.
        builder.Services.AddFlowAppsStorage(builder.Configuration);
        builder.Services.AddSingleton(new PluginCatalogue([typeof(PluginCatalogue).Assembly, typeof(ExecutionDecider).Assembly, typeof(PluginsServices).Assembly]));
        builder.Services.AddFlowAppsPlugins();
        builder.Services.AddFlowAppsRuntime(builder.Configuration);
        builder.Services.AddFlowAppsWeb(installation);
        change?.Invoke(builder);
        return builder.Build();
    }
}
