using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;

namespace FlowApps.Yaml.Namespaces;

/// <summary>What the texts of a namespace's settings say; with problems, only what could be read.</summary>
public sealed record NamespaceReading(IReadOnlyDictionary<string, object?> Variables, IReadOnlyList<PluginDefault> PluginDefaults, IReadOnlyList<Problem> Problems);
