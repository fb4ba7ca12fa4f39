namespace FlowApps.Plugins.Tasks.Scripts;

/// <summary>Runs shell commands where Node.js is at hand.</summary>
[Plugin("scripts.node.Commands", Icon = "brand-nodejs")]
public sealed record NodeCommands : CommandsTask
{
    protected override string DefaultImage => "node";
}
