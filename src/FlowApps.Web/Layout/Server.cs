namespace FlowApps.Web.Layout;

/// <summary>Puts the rooms together. Built but not started it serves nothing and touches no database, which lets a test look at its endpoints.</summary>
public static class Server
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Server).Assembly.GetName().Name, Args = Arguments.Expand(args), ContentRootPath = ContentRoot.Find(), WebRootPath = ContentRoot.PublishedFiles(),
        });
        // A build run in place finds its assets through the manifest beside it, in every environment; a published one has them in its web root.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var installation = builder.Configuration.GetSection("FlowApps").Get<Installation>() ?? new Installation();
        installation = installation with { Data = Path.GetFullPath(installation.Data) };
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddFlowAppsWeb(installation);
        change?.Invoke(builder);
        var app = builder.Build();
        app.UseFlowAppsWeb();
        return app;
    }
}
