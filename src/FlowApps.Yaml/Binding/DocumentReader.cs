using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Binding;

/// <summary>Reads a whole YAML document as one record, strictly, with every problem at once. <paramref name="expected"/>: said when the document is no map at all.</summary>
internal sealed class DocumentReader<T>(PluginCatalogue catalogue, string expected, Action<T, Findings> check) where T : class
{
    /// <summary>The record, or null and what is wrong, in the order of the text.</summary>
    public (T? Record, IReadOnlyList<Problem> Problems) Read(YamlReading text)
    {
        var findings = new Findings(text.Root);
        findings.Problems.AddRange(text.Problems.Take(Findings.Most));
        object? bound = null;
        if (text.Root is YamlMapping root)
        {
            if (new Binder(catalogue, strict: true, findings).BindRecord(typeof(T), root, NodePath.Root, out bound)) check((T)bound!, findings);
        }
        else if (findings.Problems.Count == 0)
        {
            findings.Problems.Add(new Problem("wrong_value", expected, null, text.Root?.Line ?? 1, text.Root?.Column ?? 1));
        }
        var problems = findings.Problems.OrderBy(problem => problem.Line ?? 0).ThenBy(problem => problem.Column ?? 0).ToList();
        return (problems.Count == 0 ? (T?)bound : null, problems);
    }
}
