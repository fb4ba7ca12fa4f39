using FlowApps.Web.Flows.Tests;
using FlowApps.Web.Layout;

if (args is [CommandLine.Name, .. var paths]) return await CommandLine.RunAsync(paths, Console.Out);
await Server.RunAsync(args);
return 0;
