using FlowApps.Web.Flows.Tests;
using FlowApps.Web.Layout;

if (args is [CommandLine.Name, .. var paths]) return await CommandLine.RunAsync(paths, Console.Out);
await using var app = Server.Build(args);
await app.RunAsync();
return 0;
