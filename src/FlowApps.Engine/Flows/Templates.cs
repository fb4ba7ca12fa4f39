using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Tasks;
using Parallel = FlowApps.Engine.Tasks.Parallel;

namespace FlowApps.Engine.Flows;

/// <summary>Fills the tasks of stored templates into the flows that use them, before they run (kestra-semantics 9.6).</summary>
public static class Templates
{
    public static bool AreUsedBy(Flow flow) => flow.AllTasks().Any(task => task is Template);

    /// <summary><paramref name="find"/>: namespace and id to the template's tasks and errors; null when there is none.</summary>
    public static Flow Fill(Flow flow, Func<string, string, (IReadOnlyList<TaskDefinition> Tasks, IReadOnlyList<TaskDefinition> Errors)?> find) => flow with
    {
        Tasks = Fill(flow.Tasks, find),
        Errors = Fill(flow.Errors, find),
        Finally = Fill(flow.Finally, find),
        AfterExecution = Fill(flow.AfterExecution, find),
    };

    private static IReadOnlyList<TaskDefinition> Fill(IReadOnlyList<TaskDefinition> tasks, Func<string, string, (IReadOnlyList<TaskDefinition> Tasks, IReadOnlyList<TaskDefinition> Errors)?> find) =>
        [.. tasks.Select(task => task switch
        {
            Template template when find(template.Namespace, template.TemplateId) is { } found => template with { Tasks = found.Tasks, Errors = [.. template.Errors, .. found.Errors] },
            Sequential group => group with { Tasks = Fill(group.Tasks, find), Errors = Fill(group.Errors, find) },
            Parallel group => group with { Tasks = Fill(group.Tasks, find), Errors = Fill(group.Errors, find) },
            AllowFailure group => group with { Tasks = Fill(group.Tasks, find), Errors = Fill(group.Errors, find) },
            ValueLoop loop => loop with { Tasks = Fill(loop.Tasks, find), Errors = Fill(loop.Errors, find) },
            RepeatingTask loop => loop with { Tasks = Fill(loop.Tasks, find), Errors = Fill(loop.Errors, find) },
            If choice => choice with { Then = Fill(choice.Then, find), Else = Fill(choice.Else, find), Errors = Fill(choice.Errors, find) },
            Switch choice => choice with { Cases = choice.Cases.ToDictionary(c => c.Key, c => Fill(c.Value, find)), Defaults = Fill(choice.Defaults, find), Errors = Fill(choice.Errors, find) },
            Dag dag => dag with { Tasks = [.. dag.Tasks.Select(t => t with { Task = Fill([t.Task], find)[0] })], Errors = Fill(dag.Errors, find) },
            _ => task,
        })];
}
