using FlowApps.Domain.Apps;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Apps;

/// <summary>From an app's text to the app, with every problem at once.</summary>
public sealed class AppReader(PluginCatalogue catalogue)
{
    /// <summary>The names of the one type of app.</summary>
    private static readonly string[] Types = ["apps.Execution", "io.kestra.plugin.ee.apps.Execution"];

    public AppReading Read(string source) => Bind(YamlText.Read(source));

    /// <summary>Reads each document of a text, as an exported set of apps.</summary>
    public IReadOnlyList<AppReading> ReadAll(string source) => [.. YamlText.ReadAll(source).Select(Bind)];

    private AppReading Bind(YamlReading text)
    {
        var findings = new Findings(text.Root);
        findings.Problems.AddRange(text.Problems.Take(Findings.Most));
        object? bound = null;
        if (text.Root is YamlMapping root)
        {
            if (new Binder(catalogue, strict: true, findings).BindRecord(typeof(App), root, NodePath.Root, out bound)) Check((App)bound!, findings);
        }
        else if (findings.Problems.Count == 0)
        {
            findings.Problems.Add(new Problem("wrong_value", "An app is expected: a map with `id`, `type`, `namespace` and `flowId`.", null, text.Root?.Line ?? 1, text.Root?.Column ?? 1));
        }
        var problems = findings.Problems.OrderBy(p => p.Line ?? 0).ThenBy(p => p.Column ?? 0).ToList();
        return new AppReading(problems.Count == 0 ? (App?)bound : null, problems);
    }

    private static void Check(App app, Findings findings)
    {
        if (!Types.Contains(app.Type)) findings.Report(app, "unknown_type", $"Invalid type: {app.Type}", "type", $"Did you mean `{Types[0]}`?");
        AppRules.Check(app, findings);
    }
}
