using FlowApps.Domain.Flows;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Flows;

/// <summary>
/// From a flow's text to the flow, with every problem at once, each with path, line and column. Safe for many readers at the same time.
/// Rules that need to know what a flowable does are in FlowApps.Engine; what they find is placed with <see cref="Place"/>.
/// </summary>
public sealed class FlowReader(PluginCatalogue catalogue, FlowReaderOptions options)
{
    private readonly IReadOnlyList<DefaultEntry> installation = [.. options.PluginDefaults.Select(DefaultEntry.Of)];

    /// <summary>Reads one flow. Not strict, as for stored flows: an unknown property is a warning.</summary>
    public FlowReading Read(string source, bool strict = true) => Bind(YamlText.Read(source, options.Limits), strict);

    /// <summary>Reads each document of a text.</summary>
    public IReadOnlyList<FlowReading> ReadAll(string source) => [.. YamlText.ReadAll(source, options.Limits).DefaultIfEmpty(new YamlReading(null, [])).Select(r => Bind(r, strict: true))];

    /// <summary>Adds line and column to problems that know only their path.</summary>
    public static IReadOnlyList<Problem> Place(string source, IEnumerable<Problem> problems)
    {
        var root = YamlText.Read(source).Root;
        return [.. problems.Select(p => root is null || p.Line is not null || NodeLocator.Find(root, p.Path) is not { Line: > 0 } node ? p : p with { Line = node.Line, Column = node.Column })];
    }

    private FlowReading Bind(YamlReading text, bool strict)
    {
        var findings = new Findings(text.Root);
        findings.Problems.AddRange(text.Problems.Take(Findings.Most));
        if (text.Root is not YamlMapping root)
        {
            if (findings.Problems.Count == 0) findings.Problems.Add(NotAFlow(text.Root));
            return new FlowReading(null, findings.Problems, [], [], []);
        }
        var inherited = root.Text("namespace") is { } ns ? options.NamespaceDefaults(ns).Select(DefaultEntry.Of) : [];
        var merged = new PluginDefaultMerge(catalogue, [.. DefaultEntry.In(root), .. inherited, .. installation]).Apply(root);
        var binder = new Binder(catalogue, strict, findings);
        if (binder.BindRecord(typeof(Flow), merged, NodePath.Root, out var bound)) FlowRules.Check((Flow)bound!, options.WorkerGroups, findings);
        DefaultRules.Check(root, catalogue, findings);
        var problems = findings.Problems.OrderBy(p => p.Line ?? 0).ThenBy(p => p.Column ?? 0).ToList();
        return new FlowReading(problems.Count == 0 ? (Flow?)bound : null, problems, findings.Warnings, findings.Infos, findings.DeprecationPaths)
        {
            Namespace = root.Text("namespace"),
            Id = root.Text("id"),
        };
    }

    private static Problem NotAFlow(YamlNode? root) => root is null
        ? new Problem("empty", "The text is empty.", null, 1, 1, "Begin with `id`, `namespace` and `tasks`.")
        : new Problem("wrong_value", $"A map is expected, but found {root.Kind}.", null, root.Line, root.Column, "Begin with `id`, `namespace` and `tasks`.");
}
