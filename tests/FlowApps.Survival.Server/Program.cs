using FlowApps.Survival.Server;
using FlowApps.Survival.Server.Plants;
using FlowApps.Web.Layout;

// The product's server as it is, made to die at a named point or to carry one planted bug. It exists only beside the tests.
CrashPoint.Listen(Environment.GetEnvironmentVariable("FLOWAPPS_CRASH"));
await using var app = Server.Build(args, builder => Garden.Plant(builder.Services, Environment.GetEnvironmentVariable("FLOWAPPS_PLANT")));
await app.RunAsync();
