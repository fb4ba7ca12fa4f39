using FlowApps.Web.Layout;

await using var app = Server.Build(args);
await app.RunAsync();
