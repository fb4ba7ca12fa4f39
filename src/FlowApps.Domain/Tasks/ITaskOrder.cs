namespace FlowApps.Domain.Tasks;

/// <summary>A flowable task whose children wait for named siblings (Dag): for drawing and checking.</summary>
public interface ITaskOrder
{
    /// <summary>By child id: the ids of the siblings that it waits for.</summary>
    IReadOnlyDictionary<string, IReadOnlyList<string>> Predecessors { get; }
}
