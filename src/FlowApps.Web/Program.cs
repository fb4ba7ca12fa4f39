using FlowApps.Web.Layout;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

var installation = builder.Configuration.GetSection("FlowApps").Get<Installation>() ?? new Installation();
installation = installation with { Data = Path.GetFullPath(installation.Data) };
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddFlowAppsWeb(installation);

var app = builder.Build();
app.UseFlowAppsWeb();
await app.RunAsync();

/// <summary>The server's entry point, public for tests that host it in their process.</summary>
public sealed partial class Program;
