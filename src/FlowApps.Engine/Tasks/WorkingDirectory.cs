using FlowApps.Domain.Files;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Tasks;

/// <summary>Runs tasks one after the other in one shared directory (kestra-semantics 5.6).</summary>
[Plugin("core.flow.WorkingDirectory", "io.kestra.core.tasks.flows.Worker", "io.kestra.core.tasks.flows.WorkingDirectory", Icon = "folder-open")]
public sealed record WorkingDirectory : FlowableTask, IFlowable, IValidated
{
    internal const string Directory = "directory";
    internal const string Prepared = "prepared";
    internal const string Collecting = "collecting";
    internal const string Collected = "collected";

    /// <summary>The tasks, in order; only tasks that run on a worker.</summary>
    public IReadOnlyList<TaskDefinition> Tasks { get; init; } = [];

    /// <summary>Files laid into the directory first: a map or JSON text, name to content or URI.</summary>
    public Property<object>? InputFiles { get; init; }

    /// <summary>Patterns of the files stored when the tasks are over; their URIs are in <c>outputs.*.outputFiles</c>.</summary>
    public Property<IReadOnlyList<string>>? OutputFiles { get; init; }

    /// <summary>Which files of the namespace are laid into the directory.</summary>
    public NamespaceFiles? NamespaceFiles { get; init; }

    /// <summary>Files kept for the next run.</summary>
    public DirectoryCache? Cache { get; init; }

    public Entry Enter(FlowableView view) => new() { Plan = Data.Map((Directory, "preparing")), Effects = [new PrepareDirectory(view.Run.Id)] };

    public NextStep Next(FlowableView view)
    {
        var at = view.Run.Plan?.GetValueOrDefault(Directory) as string;
        if (at == Collected) return NextStep.Done;
        if (at != Prepared) return NextStep.Wait;
        var step = InOrder.Next(view, view.Branch("tasks"));
        return step is Finished ? new AskFirst(new CollectDirectory(view.Run.Id), Data.Map((Directory, Collecting))) : step;
    }

    public IEnumerable<Problem> Validate()
    {
        if (Tasks.Count == 0) yield return new Problem("empty", "The 'tasks' property cannot be empty");
        if (Tasks.Any(task => task is not RunnableTask)) yield return new Problem("not_runnable", "Only runnable tasks are allowed as children of a WorkingDirectory task");
    }

    protected override IEnumerable<TaskBranch> OwnBranches() => [new("tasks", Tasks)];
}
