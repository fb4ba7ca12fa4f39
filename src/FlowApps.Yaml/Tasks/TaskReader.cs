using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Tasks;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Tasks;

/// <summary>Reads a single task, through the same front door as flows.</summary>
public sealed class TaskReader(PluginCatalogue catalogue) : ITaskReader
{
    public TaskDefinition ReadTask(string yaml)
    {
        var text = YamlText.Read(yaml);
        var findings = new Findings(text.Root);
        findings.Problems.AddRange(text.Problems.Take(Findings.Most));
        object? task = null;
        if (text.Root is YamlMapping map) new Binder(catalogue, strict: true, findings).BindRecord(typeof(TaskDefinition), map, NodePath.Root, out task);
        else if (findings.Problems.Count == 0) findings.Problems.Add(new Problem("wrong_value", "A task is expected: a map with `id` and `type`.", null, text.Root?.Line ?? 1, text.Root?.Column ?? 1));
        return findings.Problems.Count == 0 ? (TaskDefinition)task! : throw new RefusedException(RefusalKind.Invalid, findings.Problems);
    }
}
