using FlowApps.Domain.Apps;
using FlowApps.Domain.Plugins;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Apps;

/// <summary>From the text of a form's tests to the tests, with every problem at once.</summary>
public sealed class FormSuiteReader(PluginCatalogue catalogue)
{
    private readonly DocumentReader<FormSuite> document = new(catalogue, "Tests of a form are expected: a map with `namespace`, `flowId` and `cases`.", CheckNames);

    public FormSuiteReading Read(string source)
    {
        var (suite, problems) = document.Read(YamlText.Read(source));
        return new FormSuiteReading(suite, problems);
    }

    private static void CheckNames(FormSuite suite, Findings findings)
    {
        foreach (var twice in suite.Cases.GroupBy(one => one.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            findings.Report(twice.ElementAt(1), "duplicate_id", $"Two cases are called `{twice.Key}`", "name", "Give each case a name of its own.");
    }
}
