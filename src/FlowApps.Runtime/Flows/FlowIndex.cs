using System.Collections;
using System.Reflection;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Expressions;

namespace FlowApps.Runtime.Flows;

/// <summary>What the runtime looks up in a flow again and again, computed once per parsed flow.</summary>
internal sealed class FlowIndex
{
    private readonly Dictionary<string, TaskDefinition> tasks;
    private readonly HashSet<string> quick;

    public FlowIndex(Flow flow, ExpressionEngine expressions)
    {
        tasks = new Dictionary<string, TaskDefinition>(StringComparer.Ordinal);
        foreach (var task in flow.AllTasks()) tasks.TryAdd(task.Id, task);
        quick = tasks.Values.OfType<RunnableTask>().Where(task => task is { Quick: true, Timeout: null, LogToFile: false, TaskCache: null } && IsPure(task, expressions)).Select(task => task.Id).ToHashSet(StringComparer.Ordinal);
    }

    public TaskDefinition? Find(string taskId) => tasks.GetValueOrDefault(taskId);

    /// <summary>Runs in place: takes microseconds and none of its texts looks outside.</summary>
    public bool IsQuick(TaskDefinition task) => quick.Contains(task.Id);

    private static bool IsPure(RunnableTask task, ExpressionEngine expressions)
    {
        try
        {
            return Texts(task).All(text => expressions.OutsideFunctionsIn(text).Count == 0);
        }
        catch (ExpressionException)
        {
            // A text that does not parse fails the same way in place.
            return true;
        }
    }

    private static IEnumerable<string> Texts(RunnableTask task) =>
        task.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0).SelectMany(property => Texts(property.GetValue(task)));

    private static IEnumerable<string> Texts(object? value) => value switch
    {
        string text => text.Contains('{', StringComparison.Ordinal) ? [text] : [],
        IProperty property => Texts(property.Raw),
        IReadOnlyDictionary<string, object?> map => map.SelectMany(entry => Texts(entry.Key).Concat(Texts(entry.Value))),
        IEnumerable list => list.Cast<object?>().SelectMany(Texts),
        _ => [],
    };
}
