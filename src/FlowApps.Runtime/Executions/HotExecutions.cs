namespace FlowApps.Runtime.Executions;

/// <summary>The executions lately used, newest version each, the least recently used dropped. Only saves loading: the expected version of a commit is the truth.</summary>
internal sealed class HotExecutions(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<LiveExecution>> nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<LiveExecution> byUse = new();

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
                node.Value = execution;
                byUse.Remove(node);
                byUse.AddFirst(node);
                return;
            }
            nodes[execution.State.Id] = byUse.AddFirst(execution);
            if (nodes.Count <= capacity) return;
            nodes.Remove(byUse.Last!.Value.State.Id);
            byUse.RemoveLast();
        }
    }

    public void Drop(string id)
    {
        lock (gate)
        {
            if (nodes.Remove(id, out var node)) byUse.Remove(node);
        }
    }
}
