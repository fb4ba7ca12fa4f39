using System.Collections;
using System.Reflection;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Tasks;
using FlowApps.Expressions;

namespace FlowApps.Engine.Flows;

/// <summary>What a flow must be that only shows when one knows what its tasks mean (kestra-semantics 1.3).</summary>
public sealed class FlowRules(ExpressionEngine expressions)
{
    private const int Deepest = 64;

    /// <summary>What forbids saving: a flow that starts itself.</summary>
    public static IReadOnlyList<Problem> Check(Flow flow) =>
        [.. Placed(flow).Where(at => at.Task is ChildFlow child && Calls(child, flow)).Select(at => new Problem("recursive_flow", $"Invalid Flow: Recursive call to flow [{flow.Namespace}.{flow.Id}]", at.Path, Suggestion: "A flow cannot start itself; let a trigger start the next execution."))];

    /// <summary>What will fail when it is rendered, but not before: expressions that cannot be read.</summary>
    public IReadOnlyList<Problem> Warnings(Flow flow)
    {
        var found = new List<Problem>();
        foreach (var (task, path) in Placed(flow)) Look(task, path, found, 0, isOwner: true);
        for (var i = 0; i < flow.Triggers.Count; i++) Look(flow.Triggers[i], $"triggers[{i}]", found, 0);
        for (var i = 0; i < flow.Outputs.Count; i++) Look(flow.Outputs[i].Value, $"outputs[{i}].value", found, 0);
        for (var i = 0; i < flow.Inputs.Count; i++) Look(flow.Inputs[i].Defaults, $"inputs[{i}].defaults", found, 0);
        for (var i = 0; i < flow.Sla.Count; i++) Look(flow.Sla[i], $"sla[{i}]", found, 0);
        return found;
    }

    private static bool Calls(ChildFlow child, Flow flow) => child.Namespace.Raw as string == flow.Namespace && child.FlowId.Raw as string == flow.Id;

    private static IEnumerable<(TaskDefinition Task, string Path)> Placed(Flow flow) =>
        Placed(flow.Tasks, "tasks").Concat(Placed(flow.Errors, "errors")).Concat(Placed(flow.Finally, "finally")).Concat(Placed(flow.AfterExecution, "afterExecution"));

    private static IEnumerable<(TaskDefinition Task, string Path)> Placed(IReadOnlyList<TaskDefinition> tasks, string path) => tasks.SelectMany((task, i) =>
    {
        var own = $"{path}[{i}]";
        var children = task is ForEachItem ? [] : task.Branches().SelectMany(branch => Placed(branch.Tasks, $"{own}.{branch.Name}").Select(child => (child.Task, task is Dag ? child.Path.Insert(InDag(own, child.Path), ".task") : child.Path)));
        return children.Prepend((task, own));
    });

    /// <summary>A task of a Dag stands in an entry, beside what it depends on.</summary>
    private static int InDag(string own, string child) => child.IndexOf(']', own.Length) + 1;

    private void Look(object? value, string path, List<Problem> found, int depth, bool isOwner = false)
    {
        if (value is null || depth > Deepest) return;
        switch (value)
        {
            case string text: Read(text, path, found); break;
            case TaskDefinition when !isOwner: break;
            case IProperty property: Look(property.Raw, path, found, depth + 1); break;
            case IReadOnlyDictionary<string, object?> map:
                foreach (var (key, item) in map) Look(item, $"{path}.{key}", found, depth + 1);
                break;
            case IEnumerable list:
                var i = 0;
                foreach (var item in list) Look(item, $"{path}[{i++}]", found, depth + 1);
                break;
            default:
                if (value.GetType().Namespace?.StartsWith("FlowApps.", StringComparison.Ordinal) != true || value is Enum) break;
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
                    if (property.GetIndexParameters().Length == 0 && property.Name is not ("Description" or "Source") && property.SetMethod is not null)
                        Look(property.GetValue(value), $"{path}.{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}", found, depth + 1);
                break;
        }
    }

    private void Read(string text, string path, List<Problem> found)
    {
        try
        {
            expressions.Check(text);
        }
        catch (ExpressionException e)
        {
            found.Add(new Problem("invalid_expression", e.Message, path));
        }
    }
}
