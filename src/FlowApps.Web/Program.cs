using FlowApps.Web.Flows.Tests;
using FlowApps.Web.FlowTests;
using FlowApps.Web.Layout;

if (args is [CommandLine.Name, .. var paths]) return await CommandLine.RunAsync(paths, Console.Out);
if (args is [FlowTestCommand.Name, .. var named]) return await FlowTestCommand.RunAsync(named, Console.Out);
await Server.RunAsync(args);
return 0;
