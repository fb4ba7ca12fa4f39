using FlowApps.Domain.Flows;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Flows;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Namespaces;

/// <summary>From the texts of a namespace's settings to variables and plugin defaults, with every problem at its place in its text.</summary>
public sealed class NamespaceReader(PluginCatalogue catalogue)
{
    private const string Variables = "variables";
    private const string PluginDefaults = "pluginDefaults";

    public NamespaceReading Read(string variables, string pluginDefaults)
    {
        var problems = new List<Problem>();
        var map = Parsed<YamlMapping>(variables, Variables, "A map of names and values is expected.", problems);
        var list = Parsed<YamlSequence>(pluginDefaults, PluginDefaults, "A list of `type`, `forced` and `values` is expected.", problems);
        return new NamespaceReading((IReadOnlyDictionary<string, object?>?)map?.ToData() ?? Data.Map(), list is null ? [] : Defaults(list, problems), problems);
    }

    private IReadOnlyList<PluginDefault> Defaults(YamlSequence list, List<Problem> problems)
    {
        var document = new YamlMapping([new YamlEntry(new YamlScalar(PluginDefaults, PluginDefaults, 1, 1), list)], 1, 1);
        var findings = new Findings(document);
        var isBound = new Binder(catalogue, strict: true, findings).TryBind(typeof(IReadOnlyList<PluginDefault>), list, NodePath.Root.Child(PluginDefaults), out var bound);
        DefaultRules.Check(document, catalogue, findings);
        problems.AddRange(findings.Problems);
        return isBound ? (IReadOnlyList<PluginDefault>)bound! : [];
    }

    private static TNode? Parsed<TNode>(string text, string path, string expected, List<Problem> problems) where TNode : YamlNode
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var reading = YamlText.Read(text);
        problems.AddRange(reading.Problems.Select(problem => problem with { Path = problem.Path is null ? path : $"{path}.{problem.Path}" }));
        if (reading.Root is null or YamlScalar { IsNull: true } || reading.Problems.Count > 0) return null;
        if (reading.Root is TNode node) return node;
        problems.Add(new Problem("wrong_value", expected, path, reading.Root.Line, reading.Root.Column));
        return null;
    }
}
