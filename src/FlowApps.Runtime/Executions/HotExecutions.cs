namespace FlowApps.Runtime.Executions;

/// <summary>
/// The executions lately used, newest version each, the least recently used dropped; large ones count for more. Only saves loading: the expected version of a commit is the truth.
/// </summary>
/// <param name="capacity">In executions of up to ten task runs.</param>
internal sealed class HotExecutions(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<LiveExecution>> nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<LiveExecution> byUse = new();
    private int weight;

    public LiveExecution? Find(string id)
    {
        lock (gate)
        {
            if (!nodes.TryGetValue(id, out var node)) return null;
            byUse.Remove(node);
            byUse.AddFirst(node);
            return node.Value;
        }
    }

    /// <summary>Keeps it unless a newer version is there already.</summary>
    public void Offer(LiveExecution execution)
    {
        lock (gate)
        {
            if (nodes.TryGetValue(execution.State.Id, out var node))
            {
                if (node.Value.Version > execution.Version) return;
                weight += WeightOf(execution) - WeightOf(node.Value);
                node.Value = execution;
                byUse.Remove(node);
                byUse.AddFirst(node);
            }
            else
            {
                nodes[execution.State.Id] = byUse.AddFirst(execution);
                weight += WeightOf(execution);
            }
            while (weight > capacity && byUse.Count > 1) Remove(byUse.Last!);
        }
    }

    public void Drop(string id)
    {
        lock (gate)
        {
            if (nodes.TryGetValue(id, out var node)) Remove(node);
        }
    }

    private void Remove(LinkedListNode<LiveExecution> node)
    {
        nodes.Remove(node.Value.State.Id);
        byUse.Remove(node);
        weight -= WeightOf(node.Value);
    }

    private static int WeightOf(LiveExecution execution) => 1 + execution.State.TaskRuns.Count / 10;
}
