using FlowApps.Domain.Flows;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Flows;

/// <summary>What an installation says about reading flows.</summary>
public sealed record FlowReaderOptions
{
    public YamlLimits Limits { get; init; } = YamlLimits.Default;

    /// <summary>Values given to plugins in every flow, below what the flow itself says; the first entry wins.</summary>
    public IReadOnlyList<PluginDefault> PluginDefaults { get; init; } = [];

    /// <summary>The same for the flows of a namespace, over those of the installation; the first entry wins.</summary>
    public Func<string, IReadOnlyList<PluginDefault>> NamespaceDefaults { get; init; } = _ => [];

    /// <summary>The worker groups that exist; a flow that names another one is refused. None by default.</summary>
    public IReadOnlySet<string> WorkerGroups { get; init; } = new HashSet<string>();
}
