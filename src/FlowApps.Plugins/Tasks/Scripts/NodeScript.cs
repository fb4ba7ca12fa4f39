namespace FlowApps.Plugins.Tasks.Scripts;

/// <summary>Runs a JavaScript program with Node.js.</summary>
[Plugin("scripts.node.Script", Icon = "brand-nodejs")]
public sealed record NodeScript : ProgramTask
{
    protected override string DefaultImage => "node";

    private protected override string Extension => ".js";

    private protected override IReadOnlyList<string> Programs => ["node", "nodejs"];
}
