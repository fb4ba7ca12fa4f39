using FlowApps.Domain.Apps;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Apps;

/// <summary>From the text of a form's tests to the tests, with every problem at once.</summary>
public sealed class FormSuiteReader(PluginCatalogue catalogue)
{
    public FormSuiteReading Read(string source)
    {
        var text = YamlText.Read(source);
        var findings = new Findings(text.Root);
        findings.Problems.AddRange(text.Problems.Take(Findings.Most));
        object? bound = null;
        if (text.Root is YamlMapping root)
        {
            if (new Binder(catalogue, strict: true, findings).BindRecord(typeof(FormSuite), root, NodePath.Root, out bound)) CheckNames((FormSuite)bound!, findings);
        }
        else if (findings.Problems.Count == 0)
        {
            findings.Problems.Add(new Problem("wrong_value", "Tests of a form are expected: a map with `namespace`, `flowId` and `cases`.", null, text.Root?.Line ?? 1, text.Root?.Column ?? 1));
        }
        var problems = findings.Problems.OrderBy(p => p.Line ?? 0).ThenBy(p => p.Column ?? 0).ToList();
        return new FormSuiteReading(problems.Count == 0 ? (FormSuite?)bound : null, problems);
    }

    private static void CheckNames(FormSuite suite, Findings findings)
    {
        foreach (var twice in suite.Cases.GroupBy(one => one.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            findings.Report(twice.ElementAt(1), "duplicate_id", $"Two cases are called `{twice.Key}`", "name", "Give each case a name of its own.");
    }
}
