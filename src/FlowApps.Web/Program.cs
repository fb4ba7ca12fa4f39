using FlowApps.Web.Layout;

await Server.RunAsync(args);
