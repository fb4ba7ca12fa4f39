namespace FlowApps.Runtime.Executions;

/// <summary>Executions by use, the least recently used dropped when they weigh too much together; large ones count for more.</summary>
/// <param name="capacity">In executions of up to ten task runs.</param>
internal sealed class Shelf(int capacity)
{
    private readonly Dictionary<string, LinkedListNode<LiveExecution>> nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<LiveExecution> byUse = new();
    private int weight;

    /// <summary>Looks without using.</summary>
    public LiveExecution? Peek(string id) => nodes.GetValueOrDefault(id)?.Value;

    public LiveExecution? Find(string id)
    {
        if (!nodes.TryGetValue(id, out var node)) return null;
        byUse.Remove(node);
        byUse.AddFirst(node);
        return node.Value;
    }

    public void Put(LiveExecution execution)
    {
        Remove(execution.State.Id);
        nodes[execution.State.Id] = byUse.AddFirst(execution);
        weight += WeightOf(execution);
        while (weight > capacity && byUse.Count > 1) Remove(byUse.Last!.Value.State.Id);
    }

    public void Remove(string id)
    {
        if (!nodes.Remove(id, out var node)) return;
        byUse.Remove(node);
        weight -= WeightOf(node.Value);
    }

    public void Clear()
    {
        nodes.Clear();
        byUse.Clear();
        weight = 0;
    }

    private static int WeightOf(LiveExecution execution) => 1 + execution.State.TaskRuns.Count / 10;
}
