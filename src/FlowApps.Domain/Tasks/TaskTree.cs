namespace FlowApps.Domain.Tasks;

public static class TaskTree
{
    /// <summary>The tasks and all their children, parents first.</summary>
    public static IEnumerable<TaskDefinition> Flatten(IEnumerable<TaskDefinition> tasks) =>
        tasks.SelectMany(task => Flatten(task.Branches().SelectMany(b => b.Tasks)).Prepend(task));
}
